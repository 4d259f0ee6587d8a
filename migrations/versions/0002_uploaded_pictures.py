"""File ids of pictures already uploaded, so that each is uploaded once a bot."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_BIG_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Expand: code of the version before must still run on the result."""
    op.create_table(
        "uploads",
        sa.Column("bot_id", _BIG_KEY, autoincrement=False, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("file_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("bot_id", "digest", "kind", name=op.f("pk_uploads")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Contract: file ids are forgotten, and the pictures uploaded again."""
    op.drop_table("uploads")
