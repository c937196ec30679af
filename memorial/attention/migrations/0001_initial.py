import django.db.models.deletion
from django.db import migrations, models

# What is grave already on published pages was published by two people, or before anybody asked for two: it is
# written down as known, so that the first edit of an old page does not call all of it new.
KNOWN_ALREADY = """
DO $$ BEGIN
    IF EXISTS (SELECT 1 FROM prisoners_prisoner WHERE state = 'published') THEN
        INSERT INTO attention_afterlook
            (prisoner_id, reason, entered_by, entered_at, outcome, word, looked_by, looked_at, stands)
        SELECT p.id, r.reason, '', now(), 'published', '', '', now(), true
          FROM prisoners_prisoner p,
               unnest(memorial_second_look_reasons(
                   p.id, p.letters_from_abroad_harmful, partial_date_earliest(p.born))) AS r(reason)
         WHERE p.state = 'published';
    END IF;
END $$
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("prisoners", "0007_publishedname"),
    ]

    operations = [
        migrations.CreateModel(
            name="CheckedLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("url", models.URLField(max_length=1000, unique=True, verbose_name="link")),
                ("checked_on", models.DateField(verbose_name="asked on")),
                ("answered_on", models.DateField(blank=True, null=True, verbose_name="answered last on")),
                ("status", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="status")),
                (
                    "failure",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("gone", "the page is not there"),
                            ("server", "the server reports an error"),
                            ("unreachable", "the host does not answer"),
                            ("redirects", "sent on without end"),
                            ("forbidden", "leads to an address that must not be asked"),
                        ],
                        max_length=20,
                        verbose_name="what is wrong",
                    ),
                ),
                ("failed_since", models.DateField(blank=True, null=True, verbose_name="failing since")),
                (
                    "failed_days",
                    models.PositiveSmallIntegerField(default=0, verbose_name="days on which it failed"),
                ),
            ],
            options={
                "verbose_name": "link of a source",
                "verbose_name_plural": "links of sources",
                "ordering": ["failed_since", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("failed_days__gte", 3)),
                        fields=["failed_since"],
                        name="checkedlink_dead",
                    ),
                    models.Index(fields=["checked_on"], name="checkedlink_oldest"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("failed_days", 0), ("failed_since__isnull", True), ("failure", "")),
                            models.Q(
                                ("failed_days__gt", 0),
                                ("failed_since__lte", models.F("checked_on")),
                                ("failure__in", ["gone", "server", "unreachable", "redirects", "forbidden"]),
                                ("failed_since__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="checkedlink_failure_is_whole",
                        violation_error_message="A failure has its kind, its first day and a number of days.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SuspectedPair",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("one", models.BigIntegerField(verbose_name="one person")),
                ("other", models.BigIntegerField(verbose_name="the other")),
                ("found_on", models.DateField(verbose_name="found on")),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[("different", "not the same person")],
                        max_length=10,
                        verbose_name="answer",
                    ),
                ),
                (
                    "answered_by",
                    models.CharField(blank=True, editable=False, max_length=80, verbose_name="answered by"),
                ),
                (
                    "answered_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="answered"),
                ),
            ],
            options={
                "verbose_name": "people who look alike",
                "verbose_name_plural": "people who look alike",
                "ordering": ["found_on", "id"],
                "indexes": [models.Index(fields=["other"], name="suspectedpair_other")],
                "constraints": [
                    models.UniqueConstraint(fields=("one", "other"), name="suspectedpair_once"),
                    models.CheckConstraint(
                        condition=models.Q(("one__lt", models.F("other"))),
                        name="suspectedpair_in_order",
                        violation_error_message="A pair is two people, the lower number first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at__isnull", True), ("answered_by", "")),
                            models.Q(
                                ("answer__in", ["different"]),
                                ("answered_at__isnull", False),
                                models.Q(("answered_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="suspectedpair_answer_is_whole",
                        violation_error_message="An answer has somebody who gave it, and a time.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AfterLook",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("minor", "arrest under 18"),
                            ("treason", "an accusation of treason"),
                            ("torture", "claims of torture"),
                            ("lgbt", "an accusation about 'LGBT'"),
                            ("cooperation", "cooperation with the investigation"),
                        ],
                        max_length=20,
                        verbose_name="why",
                    ),
                ),
                ("entered_by", models.CharField(max_length=80, verbose_name="changed by")),
                ("entered_at", models.DateTimeField(verbose_name="since")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("published", "there when two people published the page"),
                            ("stays", "looked at: it stays"),
                            ("withdrawn", "looked at: the page is withdrawn"),
                        ],
                        max_length=10,
                        verbose_name="what came of it",
                    ),
                ),
                ("word", models.TextField(blank=True, verbose_name="word")),
                ("looked_by", models.CharField(blank=True, max_length=80, verbose_name="looked at by")),
                ("looked_at", models.DateTimeField(blank=True, null=True, verbose_name="looked at")),
                ("stands", models.BooleanField(default=True, verbose_name="the reason is there")),
                (
                    "prisoner",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="prisoners.prisoner",
                    ),
                ),
            ],
            options={
                "verbose_name": "look afterwards",
                "verbose_name_plural": "to be looked at afterwards",
                "ordering": ["entered_at", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("outcome", "")),
                        fields=["entered_at", "id"],
                        name="afterlook_waiting",
                    ),
                    models.Index(fields=["prisoner"], name="afterlook_of_person"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("stands", True)),
                        fields=("prisoner", "reason"),
                        name="afterlook_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("looked_by", ""),
                            models.Q(("looked_by", models.F("entered_by")), _negated=True),
                            ("outcome", "published"),
                            _connector="OR",
                        ),
                        name="afterlook_by_another",
                        violation_error_message="You changed this yourself: another person looks at it.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("looked_at__isnull", True),
                                ("looked_by", ""),
                                ("outcome", ""),
                                ("stands", True),
                                ("word", ""),
                            ),
                            models.Q(
                                ("looked_at__isnull", False),
                                ("outcome__in", ["published", "stays", "withdrawn"]),
                            ),
                            _connector="OR",
                        ),
                        name="afterlook_answer_is_whole",
                        violation_error_message="What came of it has the time when somebody looked; before that nothing is written here.",
                    ),
                ],
            },
        ),
        migrations.RunSQL(KNOWN_ALREADY, migrations.RunSQL.noop),
    ]
