"""What painbot serves over HTTP: Telegram's webhook and health for whoever watches over it."""
