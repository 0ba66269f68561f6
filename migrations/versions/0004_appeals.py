"""Appeals, regrades, jobs and notifications."""

import sqlalchemy as sa
from alembic import op

import interview.store.types

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "jobs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("progress", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("due_at", interview.store.types.UTCDateTime(timezone=True), nullable=False),
        sa.Column("heartbeat_at", interview.store.types.UTCDateTime(timezone=True), nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("created_at", interview.store.types.UTCDateTime(timezone=True), nullable=False),
        sa.Column("started_at", interview.store.types.UTCDateTime(timezone=True), nullable=True),
        sa.Column("finished_at", interview.store.types.UTCDateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'working', 'done', 'failed', 'cancelled')",
            name=op.f("ck_jobs_state"),
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["users.id"], name=op.f("fk_jobs_owner_id_users"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
    )
    with op.batch_alter_table("jobs", schema=None) as batch_op:
        batch_op.create_index("ix_jobs_due", ["state", "due_at", "id"], unique=False)
        batch_op.create_index("ix_jobs_owner", ["owner_id", "id"], unique=False)
        batch_op.create_index("ix_jobs_subject", ["kind", "subject_id", "id"], unique=False)

    op.create_table(
        "notification_opt_outs",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.id"],
            name=op.f("fk_notification_opt_outs_user_id_users"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("user_id", "kind", name=op.f("pk_notification_opt_outs")),
    )
    op.create_table(
        "notifications",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("in_app", sa.Boolean(), nullable=False),
        sa.Column("created_at", interview.store.types.UTCDateTime(timezone=True), nullable=False),
        sa.Column("read_at", interview.store.types.UTCDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.id"],
            name=op.f("fk_notifications_user_id_users"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notifications")),
    )
    with op.batch_alter_table("notifications", schema=None) as batch_op:
        batch_op.create_index(
            "ix_notifications_unread",
            ["user_id"],
            unique=False,
            sqlite_where=sa.text("in_app AND read_at IS NULL"),
            postgresql_where=sa.text("in_app AND read_at IS NULL"),
        )
        batch_op.create_index("ix_notifications_user", ["user_id", "id"], unique=False)

    op.create_table(
        "assignment_rubrics",
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("shown_version_id", sa.Integer(), nullable=False),
        sa.Column("rubric_version_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["assignments.id"],
            name=op.f("fk_assignment_rubrics_assignment_id_assignments"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["rubric_version_id"],
            ["question_versions.id"],
            name=op.f("fk_assignment_rubrics_rubric_version_id_question_versions"),
        ),
        sa.ForeignKeyConstraint(
            ["shown_version_id"],
            ["question_versions.id"],
            name=op.f("fk_assignment_rubrics_shown_version_id_question_versions"),
        ),
        sa.PrimaryKeyConstraint(
            "assignment_id", "shown_version_id", name=op.f("pk_assignment_rubrics")
        ),
    )
    with op.batch_alter_table("assignment_rubrics", schema=None) as batch_op:
        batch_op.create_index("ix_assignment_rubrics_rubric", ["rubric_version_id"], unique=False)
        batch_op.create_index("ix_assignment_rubrics_shown", ["shown_version_id"], unique=False)

    op.create_table(
        "answer_comments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", interview.store.types.UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"],
            ["users.id"],
            name=op.f("fk_answer_comments_author_id_users"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["submissions.id"],
            name=op.f("fk_answer_comments_submission_id_submissions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_comments")),
    )
    with op.batch_alter_table("answer_comments", schema=None) as batch_op:
        batch_op.create_index(
            "ix_answer_comments_submission", ["submission_id", "id"], unique=False
        )

    op.create_table(
        "personal_wordings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("point_id", sa.Text(), nullable=False),
        sa.Column("point_text", sa.Text(), nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=True),
        sa.Column("created_at", interview.store.types.UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["questions.id"],
            name=op.f("fk_personal_wordings_question_id_questions"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["submissions.id"],
            name=op.f("fk_personal_wordings_submission_id_submissions"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.id"],
            name=op.f("fk_personal_wordings_user_id_users"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_personal_wordings")),
    )
    with op.batch_alter_table("personal_wordings", schema=None) as batch_op:
        batch_op.create_index("ix_personal_wordings_question", ["question_id"], unique=False)
        batch_op.create_index("ix_personal_wordings_submission", ["submission_id"], unique=False)
        batch_op.create_index(
            "uq_personal_wordings", ["user_id", "question_id", "point_id", "wording"], unique=True
        )

    op.create_table(
        "appeals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("grade_id", sa.Integer(), nullable=False),
        sa.Column("point_id", sa.Text(), nullable=False),
        sa.Column("point_text", sa.Text(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("made_version_id", sa.Integer(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", interview.store.types.UTCDateTime(timezone=True), nullable=True),
        sa.Column("created_at", interview.store.types.UTCDateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "status IN ('open', 'accepted', 'adjusted', 'declined', 'withdrawn')",
            name=op.f("ck_appeals_status"),
        ),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["assignments.id"],
            name=op.f("fk_appeals_assignment_id_assignments"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"],
            ["users.id"],
            name=op.f("fk_appeals_decided_by_users"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["grade_id"], ["grades.id"], name=op.f("fk_appeals_grade_id_grades"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["made_version_id"],
            ["question_versions.id"],
            name=op.f("fk_appeals_made_version_id_question_versions"),
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["submissions.id"],
            name=op.f("fk_appeals_submission_id_submissions"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_appeals_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeals")),
    )
    with op.batch_alter_table("appeals", schema=None) as batch_op:
        batch_op.create_index(
            "ix_appeals_assignment", ["assignment_id", "status", "id"], unique=False
        )
        batch_op.create_index("ix_appeals_grade", ["grade_id"], unique=False)
        batch_op.create_index("ix_appeals_user", ["user_id", "id"], unique=False)
        batch_op.create_index("ix_appeals_version", ["made_version_id"], unique=False)
        batch_op.create_index(
            "uq_appeals_standing",
            ["submission_id", "point_id"],
            unique=True,
            sqlite_where=sa.text("status <> 'withdrawn'"),
            postgresql_where=sa.text("status <> 'withdrawn'"),
        )

    op.create_table(
        "regrade_runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=True),
        sa.Column("question_id", sa.Integer(), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.Column("appeal_id", sa.Integer(), nullable=True),
        sa.Column("undoes_id", sa.Integer(), nullable=True),
        sa.Column("policy", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("cursor", sa.Integer(), nullable=False),
        sa.Column("grader_version", sa.Text(), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("raised", sa.Integer(), nullable=False),
        sa.Column("lowered", sa.Integer(), nullable=False),
        sa.Column("by_people", sa.Integer(), nullable=False),
        sa.Column("applied", sa.Integer(), nullable=False),
        sa.Column("passed_over", sa.Integer(), nullable=False),
        sa.Column("rubrics_before", sa.JSON(), nullable=False),
        sa.Column("created_at", interview.store.types.UTCDateTime(timezone=True), nullable=False),
        sa.Column("compared_at", interview.store.types.UTCDateTime(timezone=True), nullable=True),
        sa.Column("accepted_at", interview.store.types.UTCDateTime(timezone=True), nullable=True),
        sa.Column("finished_at", interview.store.types.UTCDateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(scope = 'assignment') = (assignment_id IS NOT NULL)",
            name=op.f("ck_regrade_runs_has_scope"),
        ),
        sa.CheckConstraint("kind IN ('regrade', 'undo')", name=op.f("ck_regrade_runs_kind")),
        sa.CheckConstraint(
            "policy IN ('computed', 'never_lower')", name=op.f("ck_regrade_runs_policy")
        ),
        sa.CheckConstraint(
            "scope IN ('assignment', 'classes', 'everywhere')", name=op.f("ck_regrade_runs_scope")
        ),
        sa.CheckConstraint(
            "state IN ('waiting', 'comparing', 'compared', 'accepted', 'applying', 'applied',"
            " 'cancelled', 'failed')",
            name=op.f("ck_regrade_runs_state"),
        ),
        sa.ForeignKeyConstraint(
            ["appeal_id"],
            ["appeals.id"],
            name=op.f("fk_regrade_runs_appeal_id_appeals"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["assignments.id"],
            name=op.f("fk_regrade_runs_assignment_id_assignments"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["users.id"],
            name=op.f("fk_regrade_runs_owner_id_users"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name=op.f("fk_regrade_runs_question_id_questions")
        ),
        sa.ForeignKeyConstraint(
            ["undoes_id"], ["regrade_runs.id"], name=op.f("fk_regrade_runs_undoes_id_regrade_runs")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["question_versions.id"],
            name=op.f("fk_regrade_runs_version_id_question_versions"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_regrade_runs")),
    )
    with op.batch_alter_table("regrade_runs", schema=None) as batch_op:
        batch_op.create_index("ix_regrade_runs_appeal", ["appeal_id"], unique=False)
        batch_op.create_index("ix_regrade_runs_assignment", ["assignment_id", "id"], unique=False)
        batch_op.create_index("ix_regrade_runs_owner", ["owner_id", "id"], unique=False)
        batch_op.create_index("ix_regrade_runs_question", ["question_id"], unique=False)
        batch_op.create_index("uq_regrade_runs_undoes", ["undoes_id"], unique=True)

    op.create_table(
        "regrade_items",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("base_grade_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("old_score", sa.Double(), nullable=False),
        sa.Column("new_score", sa.Double(), nullable=False),
        sa.Column("verdict", sa.JSON(), nullable=False),
        sa.Column("own_points", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("is_equivalent", sa.Boolean(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("grade_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "outcome IN ('pending', 'applied', 'overtaken', 'kept')",
            name=op.f("ck_regrade_items_outcome"),
        ),
        sa.ForeignKeyConstraint(
            ["base_grade_id"],
            ["grades.id"],
            name=op.f("fk_regrade_items_base_grade_id_grades"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["grade_id"],
            ["grades.id"],
            name=op.f("fk_regrade_items_grade_id_grades"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["regrade_runs.id"],
            name=op.f("fk_regrade_items_run_id_regrade_runs"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["submissions.id"],
            name=op.f("fk_regrade_items_submission_id_submissions"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["question_versions.id"],
            name=op.f("fk_regrade_items_version_id_question_versions"),
        ),
        sa.PrimaryKeyConstraint("run_id", "submission_id", name=op.f("pk_regrade_items")),
    )
    with op.batch_alter_table("regrade_items", schema=None) as batch_op:
        batch_op.create_index("ix_regrade_items_base", ["base_grade_id"], unique=False)
        batch_op.create_index(
            "ix_regrade_items_equivalent",
            ["run_id", "submission_id"],
            unique=False,
            sqlite_where=sa.text("is_equivalent"),
            postgresql_where=sa.text("is_equivalent"),
        )
        batch_op.create_index("ix_regrade_items_grade", ["grade_id"], unique=False)
        batch_op.create_index(
            "ix_regrade_items_outcome", ["run_id", "outcome", "submission_id"], unique=False
        )
        batch_op.create_index("ix_regrade_items_submission", ["submission_id"], unique=False)

    with op.batch_alter_table("assignments", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("appeals", sa.Boolean(), server_default=sa.text("true"), nullable=False)
        )
        batch_op.add_column(
            sa.Column(
                "appeals_from", interview.store.types.UTCDateTime(timezone=True), nullable=True
            )
        )
        batch_op.add_column(
            sa.Column(
                "appeals_until", interview.store.types.UTCDateTime(timezone=True), nullable=True
            )
        )

    with op.batch_alter_table("attempt_items", schema=None) as batch_op:
        batch_op.add_column(sa.Column("rubric_version_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_attempt_items_rubric_version_id_question_versions"),
            "question_versions",
            ["rubric_version_id"],
            ["id"],
        )

    with op.batch_alter_table("grades", schema=None) as batch_op:
        batch_op.add_column(sa.Column("regrade_run_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("own_points", sa.JSON(none_as_null=True), nullable=True))
        batch_op.create_index(
            "ix_grades_run",
            ["regrade_run_id"],
            unique=False,
            sqlite_where=sa.text("regrade_run_id IS NOT NULL"),
            postgresql_where=sa.text("regrade_run_id IS NOT NULL"),
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_grades_regrade_run_id_regrade_runs"),
            "regrade_runs",
            ["regrade_run_id"],
            ["id"],
            ondelete="SET NULL",
            use_alter=True,
        )

    # Imports that are under way go on as jobs.
    op.execute(
        "INSERT INTO jobs (kind, subject_id, owner_id, state, progress, total, tries, due_at,"
        " error, created_at)"
        " SELECT 'import', id, owner_id, 'waiting', 0, 0, 0, created_at, '', created_at"
        " FROM imports WHERE state IN ('waiting', 'reading', 'accepted', 'writing')"
    )
    with op.batch_alter_table("imports", schema=None) as batch_op:
        batch_op.drop_column("heartbeat_at")


def downgrade() -> None:
    with op.batch_alter_table("imports", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "heartbeat_at", interview.store.types.UTCDateTime(timezone=True), nullable=True
            )
        )
    with op.batch_alter_table("grades", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_grades_regrade_run_id_regrade_runs"), type_="foreignkey"
        )
        batch_op.drop_index(
            "ix_grades_run",
            sqlite_where=sa.text("regrade_run_id IS NOT NULL"),
            postgresql_where=sa.text("regrade_run_id IS NOT NULL"),
        )
        batch_op.drop_column("own_points")
        batch_op.drop_column("regrade_run_id")

    with op.batch_alter_table("attempt_items", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_attempt_items_rubric_version_id_question_versions"), type_="foreignkey"
        )
        batch_op.drop_column("rubric_version_id")

    with op.batch_alter_table("assignments", schema=None) as batch_op:
        batch_op.drop_column("appeals_until")
        batch_op.drop_column("appeals_from")
        batch_op.drop_column("appeals")

    with op.batch_alter_table("regrade_items", schema=None) as batch_op:
        batch_op.drop_index("ix_regrade_items_submission")
        batch_op.drop_index("ix_regrade_items_outcome")
        batch_op.drop_index("ix_regrade_items_grade")
        batch_op.drop_index(
            "ix_regrade_items_equivalent",
            sqlite_where=sa.text("is_equivalent"),
            postgresql_where=sa.text("is_equivalent"),
        )
        batch_op.drop_index("ix_regrade_items_base")

    op.drop_table("regrade_items")
    with op.batch_alter_table("regrade_runs", schema=None) as batch_op:
        batch_op.drop_index("uq_regrade_runs_undoes")
        batch_op.drop_index("ix_regrade_runs_question")
        batch_op.drop_index("ix_regrade_runs_owner")
        batch_op.drop_index("ix_regrade_runs_assignment")
        batch_op.drop_index("ix_regrade_runs_appeal")

    op.drop_table("regrade_runs")
    with op.batch_alter_table("appeals", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_appeals_standing",
            sqlite_where=sa.text("status <> 'withdrawn'"),
            postgresql_where=sa.text("status <> 'withdrawn'"),
        )
        batch_op.drop_index("ix_appeals_version")
        batch_op.drop_index("ix_appeals_user")
        batch_op.drop_index("ix_appeals_grade")
        batch_op.drop_index("ix_appeals_assignment")

    op.drop_table("appeals")
    with op.batch_alter_table("personal_wordings", schema=None) as batch_op:
        batch_op.drop_index("uq_personal_wordings")
        batch_op.drop_index("ix_personal_wordings_submission")
        batch_op.drop_index("ix_personal_wordings_question")

    op.drop_table("personal_wordings")
    with op.batch_alter_table("answer_comments", schema=None) as batch_op:
        batch_op.drop_index("ix_answer_comments_submission")

    op.drop_table("answer_comments")
    with op.batch_alter_table("assignment_rubrics", schema=None) as batch_op:
        batch_op.drop_index("ix_assignment_rubrics_shown")
        batch_op.drop_index("ix_assignment_rubrics_rubric")

    op.drop_table("assignment_rubrics")
    with op.batch_alter_table("notifications", schema=None) as batch_op:
        batch_op.drop_index("ix_notifications_user")
        batch_op.drop_index(
            "ix_notifications_unread",
            sqlite_where=sa.text("in_app AND read_at IS NULL"),
            postgresql_where=sa.text("in_app AND read_at IS NULL"),
        )

    op.drop_table("notifications")
    op.drop_table("notification_opt_outs")
    with op.batch_alter_table("jobs", schema=None) as batch_op:
        batch_op.drop_index("ix_jobs_subject")
        batch_op.drop_index("ix_jobs_owner")
        batch_op.drop_index("ix_jobs_due")

    op.drop_table("jobs")
