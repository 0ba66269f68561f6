"""Classes, authored sets, assignments, the gradebook, and the audit log."""

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

import interview.store.types

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", interview.store.types.UTCDateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("actor_name", sa.Text(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("learner_id", sa.Integer(), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entries")),
    )
    with op.batch_alter_table("audit_entries", schema=None) as batch_op:
        batch_op.create_index("ix_audit_entries_class", ["class_id", "id"], unique=False)
        batch_op.create_index(
            "ix_audit_entries_learner", ["class_id", "learner_id", "id"], unique=False
        )

    op.create_table(
        "classes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("join_code", sa.Text(), nullable=False),
        sa.Column("joining", sa.Boolean(), nullable=False),
        sa.Column("created_at", interview.store.types.UTCDateTime(timezone=True), nullable=False),
        sa.Column("archived_at", interview.store.types.UTCDateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_classes")),
        sa.UniqueConstraint("join_code", name=op.f("uq_classes_join_code")),
    )
    op.create_table(
        "authored_sets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", interview.store.types.UTCDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", interview.store.types.UTCDateTime(timezone=True), nullable=False),
        sa.Column("archived_at", interview.store.types.UTCDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["users.id"],
            name=op.f("fk_authored_sets_owner_id_users"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_authored_sets")),
    )
    with op.batch_alter_table("authored_sets", schema=None) as batch_op:
        batch_op.create_index(
            "ix_authored_sets_owner", ["owner_id", "updated_at", "id"], unique=False
        )

    op.create_table(
        "class_groups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["class_id"],
            ["classes.id"],
            name=op.f("fk_class_groups_class_id_classes"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_class_groups")),
        sa.UniqueConstraint("class_id", "title", name=op.f("uq_class_groups_class_id_title")),
    )
    op.create_table(
        "mail_opt_outs",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.id"],
            name=op.f("fk_mail_opt_outs_user_id_users"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("user_id", "kind", name=op.f("pk_mail_opt_outs")),
    )
    op.create_table(
        "class_invitations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("time_factor", sa.Double(), nullable=False),
        sa.Column("created_at", interview.store.types.UTCDateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "role IN ('learner', 'assistant', 'instructor')", name=op.f("ck_class_invitations_role")
        ),
        sa.CheckConstraint(
            "time_factor >= 1 AND time_factor <= 10", name=op.f("ck_class_invitations_time_factor")
        ),
        sa.ForeignKeyConstraint(
            ["class_id"],
            ["classes.id"],
            name=op.f("fk_class_invitations_class_id_classes"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["class_groups.id"],
            name=op.f("fk_class_invitations_group_id_class_groups"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_class_invitations")),
        sa.UniqueConstraint("class_id", "email", name=op.f("uq_class_invitations_class_id_email")),
    )
    with op.batch_alter_table("class_invitations", schema=None) as batch_op:
        batch_op.create_index("ix_class_invitations_email", ["email"], unique=False)

    op.create_table(
        "class_members",
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("sort_name", sa.Text(), nullable=False),
        sa.Column("time_factor", sa.Double(), nullable=False),
        sa.Column("mean_score", sa.Double(), nullable=True),
        sa.Column("finished_count", sa.Integer(), nullable=False),
        sa.Column("joined_at", interview.store.types.UTCDateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "role IN ('learner', 'assistant', 'instructor')", name=op.f("ck_class_members_role")
        ),
        sa.CheckConstraint(
            "time_factor >= 1 AND time_factor <= 10", name=op.f("ck_class_members_time_factor")
        ),
        sa.ForeignKeyConstraint(
            ["class_id"],
            ["classes.id"],
            name=op.f("fk_class_members_class_id_classes"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["class_groups.id"],
            name=op.f("fk_class_members_group_id_class_groups"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.id"],
            name=op.f("fk_class_members_user_id_users"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("class_id", "user_id", name=op.f("pk_class_members")),
    )
    with op.batch_alter_table("class_members", schema=None) as batch_op:
        batch_op.create_index(
            "ix_class_members_mean", ["class_id", "role", "mean_score", "user_id"], unique=False
        )
        batch_op.create_index(
            "ix_class_members_name", ["class_id", "role", "sort_name", "user_id"], unique=False
        )
        batch_op.create_index("ix_class_members_user", ["user_id", "class_id"], unique=False)

    op.create_table(
        "set_slots",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("set_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("question_version_id", sa.Integer(), nullable=True),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("tag", sa.Text(), nullable=False),
        sa.Column("difficulty", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("points", sa.Double(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(kind = 'fixed') = (question_version_id IS NOT NULL)",
            name=op.f("ck_set_slots_fixed_names_a_version"),
        ),
        sa.CheckConstraint("kind IN ('fixed', 'random')", name=op.f("ck_set_slots_kind")),
        sa.CheckConstraint("count > 0", name=op.f("ck_set_slots_count")),
        sa.CheckConstraint("points > 0", name=op.f("ck_set_slots_points")),
        sa.ForeignKeyConstraint(
            ["question_version_id"],
            ["question_versions.id"],
            name=op.f("fk_set_slots_question_version_id_question_versions"),
        ),
        sa.ForeignKeyConstraint(
            ["set_id"],
            ["authored_sets.id"],
            name=op.f("fk_set_slots_set_id_authored_sets"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_set_slots")),
    )
    with op.batch_alter_table("set_slots", schema=None) as batch_op:
        batch_op.create_index("ix_set_slots_set", ["set_id", "position"], unique=False)
        batch_op.create_index("ix_set_slots_version", ["question_version_id"], unique=False)

    op.create_table(
        "set_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("set_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("question_count", sa.Integer(), nullable=False),
        sa.Column("points", sa.Double(), nullable=False),
        sa.Column("target_seconds", sa.Integer(), nullable=False),
        sa.Column("created_at", interview.store.types.UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["set_id"],
            ["authored_sets.id"],
            name=op.f("fk_set_versions_set_id_authored_sets"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_set_versions")),
        sa.UniqueConstraint(
            "set_id", "content_hash", name=op.f("uq_set_versions_set_id_content_hash")
        ),
        sa.UniqueConstraint("set_id", "number", name=op.f("uq_set_versions_set_id_number")),
    )
    op.create_table(
        "assignments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("set_version_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("instructions", sa.Text(), nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("opens_at", interview.store.types.UTCDateTime(timezone=True), nullable=False),
        sa.Column("due_at", interview.store.types.UTCDateTime(timezone=True), nullable=True),
        sa.Column("closes_at", interview.store.types.UTCDateTime(timezone=True), nullable=True),
        sa.Column("all_closed_at", interview.store.types.UTCDateTime(timezone=True), nullable=True),
        sa.Column("whole_limit_seconds", sa.Integer(), nullable=True),
        sa.Column("question_limit_seconds", sa.Integer(), nullable=True),
        sa.Column("attempts_allowed", sa.Integer(), nullable=True),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.Column("delay_seconds", sa.Integer(), nullable=False),
        sa.Column("shuffle", sa.Boolean(), nullable=False),
        sa.Column("returnable", sa.Boolean(), nullable=False),
        sa.Column("late_percent", sa.Integer(), nullable=False),
        sa.Column("access_code", sa.Text(), nullable=False),
        sa.Column("score_when", sa.Text(), nullable=False),
        sa.Column("score_from", interview.store.types.UTCDateTime(timezone=True), nullable=True),
        sa.Column("answer_when", sa.Text(), nullable=False),
        sa.Column("answer_from", interview.store.types.UTCDateTime(timezone=True), nullable=True),
        sa.Column("points_when", sa.Text(), nullable=False),
        sa.Column("points_from", interview.store.types.UTCDateTime(timezone=True), nullable=True),
        sa.Column("reference_when", sa.Text(), nullable=False),
        sa.Column(
            "reference_from", interview.store.types.UTCDateTime(timezone=True), nullable=True
        ),
        sa.Column("remind", sa.Boolean(), nullable=False),
        sa.Column("reminded_at", interview.store.types.UTCDateTime(timezone=True), nullable=True),
        sa.Column("created_at", interview.store.types.UTCDateTime(timezone=True), nullable=False),
        sa.Column("archived_at", interview.store.types.UTCDateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "answer_when IN ('never', 'each', 'finish', 'close', 'date')",
            name=op.f("ck_assignments_answer_when"),
        ),
        sa.CheckConstraint(
            "counts IN ('best', 'last', 'first', 'mean')", name=op.f("ck_assignments_counts")
        ),
        sa.CheckConstraint(
            "points_when IN ('never', 'each', 'finish', 'close', 'date')",
            name=op.f("ck_assignments_points_when"),
        ),
        sa.CheckConstraint(
            "reference_when IN ('never', 'each', 'finish', 'close', 'date')",
            name=op.f("ck_assignments_reference_when"),
        ),
        sa.CheckConstraint(
            "score_when IN ('never', 'each', 'finish', 'close', 'date')",
            name=op.f("ck_assignments_score_when"),
        ),
        sa.CheckConstraint(
            "closes_at IS NULL OR closes_at > opens_at",
            name=op.f("ck_assignments_closes_after_opening"),
        ),
        sa.CheckConstraint(
            "late_percent BETWEEN 0 AND 100", name=op.f("ck_assignments_late_percent")
        ),
        sa.ForeignKeyConstraint(
            ["class_id"],
            ["classes.id"],
            name=op.f("fk_assignments_class_id_classes"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["set_version_id"],
            ["set_versions.id"],
            name=op.f("fk_assignments_set_version_id_set_versions"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignments")),
    )
    with op.batch_alter_table("assignments", schema=None) as batch_op:
        batch_op.create_index("ix_assignments_class", ["class_id", "opens_at", "id"], unique=False)
        batch_op.create_index("ix_assignments_due", ["due_at"], unique=False)
        batch_op.create_index("ix_assignments_version", ["set_version_id"], unique=False)

    op.create_table(
        "accommodations",
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("opens_at", interview.store.types.UTCDateTime(timezone=True), nullable=True),
        sa.Column("due_at", interview.store.types.UTCDateTime(timezone=True), nullable=True),
        sa.Column("closes_at", interview.store.types.UTCDateTime(timezone=True), nullable=True),
        sa.Column("time_factor", sa.Double(), nullable=True),
        sa.Column("extra_attempts", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("updated_at", interview.store.types.UTCDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("extra_attempts >= 0", name=op.f("ck_accommodations_extra_attempts")),
        sa.CheckConstraint(
            "time_factor IS NULL OR time_factor BETWEEN 1 AND 10",
            name=op.f("ck_accommodations_time_factor"),
        ),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["assignments.id"],
            name=op.f("fk_accommodations_assignment_id_assignments"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.id"],
            name=op.f("fk_accommodations_user_id_users"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("assignment_id", "user_id", name=op.f("pk_accommodations")),
    )
    op.create_table(
        "assignment_targets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(group_id IS NULL) <> (user_id IS NULL)", name=op.f("ck_assignment_targets_one_kind")
        ),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["assignments.id"],
            name=op.f("fk_assignment_targets_assignment_id_assignments"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["class_groups.id"],
            name=op.f("fk_assignment_targets_group_id_class_groups"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.id"],
            name=op.f("fk_assignment_targets_user_id_users"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment_targets")),
        sa.UniqueConstraint(
            "assignment_id", "group_id", name=op.f("uq_assignment_targets_assignment_id_group_id")
        ),
        sa.UniqueConstraint(
            "assignment_id", "user_id", name=op.f("uq_assignment_targets_assignment_id_user_id")
        ),
    )
    op.create_table(
        "gradebook_entries",
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=True),
        sa.Column("score", sa.Double(), nullable=True),
        sa.Column("late_days", sa.Integer(), nullable=False),
        sa.Column("needs_review", sa.Integer(), nullable=False),
        sa.Column("overridden", sa.Boolean(), nullable=False),
        sa.Column("started_at", interview.store.types.UTCDateTime(timezone=True), nullable=False),
        sa.Column("finished_at", interview.store.types.UTCDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["assignments.id"],
            name=op.f("fk_gradebook_entries_assignment_id_assignments"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["class_id"],
            ["classes.id"],
            name=op.f("fk_gradebook_entries_class_id_classes"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.id"],
            name=op.f("fk_gradebook_entries_user_id_users"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("assignment_id", "user_id", name=op.f("pk_gradebook_entries")),
    )
    with op.batch_alter_table("gradebook_entries", schema=None) as batch_op:
        batch_op.create_index("ix_gradebook_entries_learner", ["class_id", "user_id"], unique=False)
        batch_op.create_index(
            "ix_gradebook_entries_review",
            ["class_id"],
            unique=False,
            sqlite_where=sa.text("needs_review > 0"),
            postgresql_where=sa.text("needs_review > 0"),
        )
        batch_op.create_index(
            "ix_gradebook_entries_score", ["assignment_id", "score", "user_id"], unique=False
        )

    op.create_table(
        "presences",
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("seen_at", interview.store.types.UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt_id"],
            ["attempts.id"],
            name=op.f("fk_presences_attempt_id_attempts"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("attempt_id", name=op.f("pk_presences")),
    )
    with op.batch_alter_table("attempt_items", schema=None) as batch_op:
        batch_op.add_column(sa.Column("limit_seconds", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("added_seconds", sa.Integer(), server_default=sa.text("0"), nullable=False)
        )
        batch_op.add_column(
            sa.Column("points", sa.Double(), server_default=sa.text("1.0"), nullable=False)
        )

    moment = interview.store.types.UTCDateTime(timezone=True)
    with op.batch_alter_table("attempts", schema=None) as batch_op:
        _allow_presets(batch_op, "'mock', 'practice', 'untimed', 'assigned'")
        batch_op.add_column(sa.Column("number", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("returnable", sa.Boolean(), server_default=sa.true(), nullable=False)
        )
        batch_op.add_column(
            sa.Column("time_factor", sa.Double(), server_default=sa.text("1.0"), nullable=False)
        )
        batch_op.add_column(
            sa.Column("added_seconds", sa.Integer(), server_default=sa.text("0"), nullable=False)
        )
        batch_op.add_column(sa.Column("closes_at", moment, nullable=True))
        batch_op.add_column(sa.Column("reopened_at", moment, nullable=True))
        batch_op.create_index(
            "uq_attempts_number", ["assignment_id", "user_id", "number"], unique=True
        )
        batch_op.create_index(
            "ix_attempts_assigned",
            ["user_id"],
            unique=False,
            sqlite_where=sa.text("assignment_id IS NOT NULL"),
            postgresql_where=sa.text("assignment_id IS NOT NULL"),
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_attempts_assignment_id_assignments"),
            "assignments",
            ["assignment_id"],
            ["id"],
        )
    op.execute("UPDATE attempts SET returnable = (question_limit_seconds IS NULL)")

    with op.batch_alter_table("grades", schema=None) as batch_op:
        batch_op.add_column(sa.Column("graded_by", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("reason", sa.Text(), server_default=sa.text("''"), nullable=False)
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_grades_graded_by_users"),
            "users",
            ["graded_by"],
            ["id"],
            ondelete="SET NULL",
        )
    _keep_audit_entries()


def _allow_presets(batch_op: BatchOperations, presets: str) -> None:
    name = op.f("ck_attempts_preset")
    batch_op.drop_constraint(name, type_="check")
    batch_op.create_check_constraint(name, sa.text(f"preset IN ({presets})"))


def _keep_audit_entries() -> None:
    """Have the database itself refuse to change or remove what was noted."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'audit entries are only added'; END $$"
        )
        op.execute(
            "CREATE TRIGGER audit_entries_stay BEFORE UPDATE OR DELETE ON audit_entries "
            "FOR EACH ROW EXECUTE FUNCTION refuse_audit_change()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER audit_entries_stay_{verb.lower()} BEFORE {verb} ON audit_entries "
            "BEGIN SELECT RAISE(ABORT, 'audit entries are only added'); END"
        )


def downgrade() -> None:
    with op.batch_alter_table("grades", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_grades_graded_by_users"), type_="foreignkey")
        batch_op.drop_column("reason")
        batch_op.drop_column("graded_by")

    op.execute("UPDATE attempts SET preset = 'mock' WHERE preset = 'assigned'")
    with op.batch_alter_table("attempts", schema=None) as batch_op:
        _allow_presets(batch_op, "'mock', 'practice', 'untimed'")
        batch_op.drop_constraint(
            batch_op.f("fk_attempts_assignment_id_assignments"), type_="foreignkey"
        )
        batch_op.drop_index("ix_attempts_assigned")
        batch_op.drop_index("uq_attempts_number")
        batch_op.drop_column("reopened_at")
        batch_op.drop_column("closes_at")
        batch_op.drop_column("added_seconds")
        batch_op.drop_column("time_factor")
        batch_op.drop_column("returnable")
        batch_op.drop_column("number")

    with op.batch_alter_table("attempt_items", schema=None) as batch_op:
        batch_op.drop_column("points")
        batch_op.drop_column("added_seconds")
        batch_op.drop_column("limit_seconds")

    op.drop_table("presences")
    with op.batch_alter_table("gradebook_entries", schema=None) as batch_op:
        batch_op.drop_index("ix_gradebook_entries_score")
        batch_op.drop_index(
            "ix_gradebook_entries_review",
            sqlite_where=sa.text("needs_review > 0"),
            postgresql_where=sa.text("needs_review > 0"),
        )
        batch_op.drop_index("ix_gradebook_entries_learner")

    op.drop_table("gradebook_entries")
    op.drop_table("assignment_targets")
    op.drop_table("accommodations")
    with op.batch_alter_table("assignments", schema=None) as batch_op:
        batch_op.drop_index("ix_assignments_version")
        batch_op.drop_index("ix_assignments_due")
        batch_op.drop_index("ix_assignments_class")

    op.drop_table("assignments")
    op.drop_table("set_versions")
    with op.batch_alter_table("set_slots", schema=None) as batch_op:
        batch_op.drop_index("ix_set_slots_version")
        batch_op.drop_index("ix_set_slots_set")

    op.drop_table("set_slots")
    with op.batch_alter_table("class_members", schema=None) as batch_op:
        batch_op.drop_index("ix_class_members_user")
        batch_op.drop_index("ix_class_members_name")
        batch_op.drop_index("ix_class_members_mean")

    op.drop_table("class_members")
    with op.batch_alter_table("class_invitations", schema=None) as batch_op:
        batch_op.drop_index("ix_class_invitations_email")

    op.drop_table("class_invitations")
    op.drop_table("mail_opt_outs")
    op.drop_table("class_groups")
    with op.batch_alter_table("authored_sets", schema=None) as batch_op:
        batch_op.drop_index("ix_authored_sets_owner")

    op.drop_table("authored_sets")
    op.drop_table("classes")
    with op.batch_alter_table("audit_entries", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_entries_learner")
        batch_op.drop_index("ix_audit_entries_class")

    op.drop_table("audit_entries")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_audit_change()")
