"""Authoring: owners, drafts and samples of questions; reports; imports."""

import sqlalchemy as sa
from alembic import op

import interview.store.types

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "imports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("progress", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("heartbeat_at", interview.store.types.UTCDateTime(timezone=True), nullable=True),
        sa.Column("summary", sa.JSON(), nullable=False),
        sa.Column("created_at", interview.store.types.UTCDateTime(timezone=True), nullable=False),
        sa.Column("finished_at", interview.store.types.UTCDateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'reading', 'read', 'accepted', 'writing', 'done', 'failed',"
            " 'dropped')",
            name=op.f("ck_imports_state"),
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["users.id"], name=op.f("fk_imports_owner_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imports")),
    )
    with op.batch_alter_table("imports", schema=None) as batch_op:
        batch_op.create_index("ix_imports_owner", ["owner_id", "id"], unique=False)
        batch_op.create_index("ix_imports_state", ["state", "id"], unique=False)

    op.create_table(
        "import_items",
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("prompt", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("preview", sa.JSON(), nullable=False),
        sa.Column("notices", sa.JSON(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "outcome IN ('ready', 'draft', 'duplicate', 'error')",
            name=op.f("ck_import_items_outcome"),
        ),
        sa.ForeignKeyConstraint(
            ["import_id"],
            ["imports.id"],
            name=op.f("fk_import_items_import_id_imports"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["questions.id"],
            name=op.f("fk_import_items_question_id_questions"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("import_id", "position", name=op.f("pk_import_items")),
    )
    with op.batch_alter_table("import_items", schema=None) as batch_op:
        batch_op.create_index(
            "ix_import_items_outcome", ["import_id", "outcome", "position"], unique=False
        )
        batch_op.create_index("ix_import_items_question", ["question_id"], unique=False)

    op.create_table(
        "question_drafts",
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("saved_at", interview.store.types.UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"],
            ["users.id"],
            name=op.f("fk_question_drafts_author_id_users"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["questions.id"],
            name=op.f("fk_question_drafts_question_id_questions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("question_id", "revision", name=op.f("pk_question_drafts")),
    )
    op.create_table(
        "question_terms",
        sa.Column("term", sa.Text(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["questions.id"],
            name=op.f("fk_question_terms_question_id_questions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("term", "question_id", name=op.f("pk_question_terms")),
    )
    with op.batch_alter_table("question_terms", schema=None) as batch_op:
        batch_op.create_index("ix_question_terms_question", ["question_id"], unique=False)

    op.create_table(
        "question_reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("question_version_id", sa.Integer(), nullable=False),
        sa.Column("reporter_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("handled_by", sa.Integer(), nullable=True),
        sa.Column("handled_at", interview.store.types.UTCDateTime(timezone=True), nullable=True),
        sa.Column("created_at", interview.store.types.UTCDateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('wrong', 'outdated', 'unclear', 'grading', 'other')",
            name=op.f("ck_question_reports_kind"),
        ),
        sa.CheckConstraint(
            "status IN ('open', 'mended', 'declined')", name=op.f("ck_question_reports_status")
        ),
        sa.ForeignKeyConstraint(
            ["handled_by"],
            ["users.id"],
            name=op.f("fk_question_reports_handled_by_users"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["questions.id"],
            name=op.f("fk_question_reports_question_id_questions"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["question_version_id"],
            ["question_versions.id"],
            name=op.f("fk_question_reports_question_version_id_question_versions"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["reporter_id"],
            ["users.id"],
            name=op.f("fk_question_reports_reporter_id_users"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_reports")),
    )
    with op.batch_alter_table("question_reports", schema=None) as batch_op:
        batch_op.create_index(
            "uq_question_reports_open",
            ["reporter_id", "question_id"],
            unique=True,
            sqlite_where=sa.text("status = 'open'"),
            postgresql_where=sa.text("status = 'open'"),
        )
        batch_op.create_index("ix_question_reports_question", ["question_id", "id"], unique=False)
        batch_op.create_index("ix_question_reports_reporter", ["reporter_id", "id"], unique=False)
        batch_op.create_index("ix_question_reports_status", ["status", "id"], unique=False)

    with op.batch_alter_table("question_versions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("author_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("reason", sa.Text(), server_default="", nullable=False))
        batch_op.create_foreign_key(
            batch_op.f("fk_question_versions_author_id_users"),
            "users",
            ["author_id"],
            ["id"],
            ondelete="SET NULL",
        )

    with op.batch_alter_table("questions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("owner_id", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("audience", sa.Text(), server_default="everyone", nullable=False)
        )
        batch_op.add_column(sa.Column("prompt", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("samples", sa.JSON(), server_default="[]", nullable=False))
        batch_op.add_column(
            sa.Column("edit_revision", sa.Integer(), server_default="0", nullable=False)
        )
        batch_op.add_column(
            sa.Column("published_revision", sa.Integer(), server_default="0", nullable=False)
        )
        batch_op.add_column(sa.Column("loaded_hash", sa.Text(), nullable=True))
        batch_op.alter_column("valid_for", existing_type=sa.JSON(), nullable=True)
        batch_op.alter_column("last_verified", existing_type=sa.DATE(), nullable=True)
        batch_op.create_check_constraint(
            batch_op.f("ck_questions_audience"), "audience IN ('owner', 'authors', 'everyone')"
        )
        batch_op.create_index("ix_questions_owner", ["owner_id", "id"], unique=False)
        batch_op.create_index(
            "ix_questions_practice",
            ["status", "topic", "difficulty", "id"],
            unique=False,
            sqlite_where=sa.text("audience = 'everyone'"),
            postgresql_where=sa.text("audience = 'everyone'"),
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_questions_owner_id_users"),
            "users",
            ["owner_id"],
            ["id"],
            ondelete="SET NULL",
        )
    op.execute(
        "UPDATE questions SET prompt = coalesce((SELECT question_versions.prompt"
        " FROM question_versions WHERE question_versions.id = questions.current_version_id), '')"
    )


def downgrade() -> None:
    # The earlier schema knows no question without these.
    op.execute("UPDATE questions SET valid_for = '{}' WHERE valid_for IS NULL")
    op.execute("UPDATE questions SET last_verified = '1970-01-01' WHERE last_verified IS NULL")
    with op.batch_alter_table("questions", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_questions_owner_id_users"), type_="foreignkey")
        batch_op.drop_index(
            "ix_questions_practice",
            sqlite_where=sa.text("audience = 'everyone'"),
            postgresql_where=sa.text("audience = 'everyone'"),
        )
        batch_op.drop_index("ix_questions_owner")
        batch_op.alter_column("last_verified", existing_type=sa.DATE(), nullable=False)
        batch_op.alter_column("valid_for", existing_type=sa.JSON(), nullable=False)
        batch_op.drop_constraint(batch_op.f("ck_questions_audience"), type_="check")
        batch_op.drop_column("loaded_hash")
        batch_op.drop_column("published_revision")
        batch_op.drop_column("edit_revision")
        batch_op.drop_column("samples")
        batch_op.drop_column("prompt")
        batch_op.drop_column("audience")
        batch_op.drop_column("owner_id")

    with op.batch_alter_table("question_versions", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_question_versions_author_id_users"), type_="foreignkey"
        )
        batch_op.drop_column("reason")
        batch_op.drop_column("author_id")

    with op.batch_alter_table("question_reports", schema=None) as batch_op:
        batch_op.drop_index("uq_question_reports_open")
        batch_op.drop_index("ix_question_reports_status")
        batch_op.drop_index("ix_question_reports_reporter")
        batch_op.drop_index("ix_question_reports_question")

    op.drop_table("question_reports")
    with op.batch_alter_table("question_terms", schema=None) as batch_op:
        batch_op.drop_index("ix_question_terms_question")

    op.drop_table("question_terms")
    op.drop_table("question_drafts")
    with op.batch_alter_table("import_items", schema=None) as batch_op:
        batch_op.drop_index("ix_import_items_question")
        batch_op.drop_index("ix_import_items_outcome")

    op.drop_table("import_items")
    with op.batch_alter_table("imports", schema=None) as batch_op:
        batch_op.drop_index("ix_imports_state")
        batch_op.drop_index("ix_imports_owner")

    op.drop_table("imports")
