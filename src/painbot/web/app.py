"""The routes, put together."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.routing import Route

from painbot.web.health import CheckReadiness, Health
from painbot.web.webhook import Webhook


def create_app(
    *,
    webhook: Webhook | None = None,
    webhook_path: str = "/telegram",
    check_readiness: CheckReadiness | None = None,
) -> Starlette:
    """Return the web application with the routes that are wanted."""
    routes: list[Route] = []
    if webhook is not None:
        routes.append(Route(webhook_path, webhook.receive, methods=["POST"]))
    if check_readiness is not None:
        health = Health(check_readiness)
        routes.append(Route("/health/live", health.live, methods=["GET"]))
        routes.append(Route("/health/ready", health.ready, methods=["GET"]))
    return Starlette(routes=routes)
