import django.db.models.deletion
from django.db import migrations, models

import memorial.base.fields
import memorial.base.photos


class Migration(migrations.Migration):
    dependencies = [
        ("donations", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="donornoticeproposal",
            name="decider_confirmed_at",
            field=models.DateTimeField(
                blank=True, editable=False, null=True, verbose_name="who decided proved who they are"
            ),
        ),
        migrations.AddField(
            model_name="safetyproposal",
            name="decider_confirmed_at",
            field=models.DateTimeField(
                blank=True, editable=False, null=True, verbose_name="who decided proved who they are"
            ),
        ),
        migrations.CreateModel(
            name="CampaignPicture",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "stem",
                    models.CharField(
                        blank=True, editable=False, max_length=24, verbose_name="name of the files"
                    ),
                ),
                ("alt", models.CharField(max_length=200, verbose_name="what the picture shows")),
                ("alt_ru", models.CharField(max_length=200, verbose_name="what the picture shows")),
                ("alt_en", models.CharField(max_length=200, verbose_name="what the picture shows")),
                ("credit", models.CharField(max_length=200, verbose_name="whose picture it is")),
                ("credit_ru", models.CharField(max_length=200, verbose_name="whose picture it is")),
                ("credit_en", models.CharField(max_length=200, verbose_name="whose picture it is")),
                (
                    "campaign",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="picture",
                        to="donations.campaign",
                        verbose_name="campaign",
                    ),
                ),
            ],
            options={
                "verbose_name": "picture of a campaign",
                "verbose_name_plural": "pictures of campaigns",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="CampaignPictureOriginal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "file",
                    models.FileField(
                        max_length=200,
                        storage=memorial.base.photos.confidential_storage,
                        upload_to=memorial.base.photos.original_path,
                        verbose_name="file",
                    ),
                ),
                ("width", models.PositiveIntegerField(editable=False, verbose_name="width")),
                ("height", models.PositiveIntegerField(editable=False, verbose_name="height")),
                (
                    "source_note",
                    models.CharField(blank=True, max_length=300, verbose_name="where it comes from"),
                ),
                (
                    "uploaded_by",
                    memorial.base.fields.StaffReference(
                        blank=True, editable=False, null=True, verbose_name="uploaded by"
                    ),
                ),
                (
                    "picture",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="original",
                        to="donations.campaignpicture",
                    ),
                ),
            ],
            options={
                "verbose_name": "original picture of a campaign",
                "verbose_name_plural": "original pictures of campaigns",
            },
        ),
        migrations.AddConstraint(
            model_name="campaignpicture",
            constraint=models.UniqueConstraint(
                condition=models.Q(("stem", ""), _negated=True),
                fields=("stem",),
                name="campaignpicture_stem_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaignpicture",
            constraint=models.CheckConstraint(
                condition=models.Q(("stem", ""), ("stem__regex", "^[0-9a-f]{24}$"), _connector="OR"),
                name="campaignpicture_stem_is_random",
                violation_error_message="The name of a picture's files is made by the program.",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaignpicture",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("alt_ru", ""), _negated=True),
                    models.Q(("alt_en", ""), _negated=True),
                    models.Q(("credit_ru", ""), _negated=True),
                    models.Q(("credit_en", ""), _negated=True),
                ),
                name="campaignpicture_words_in_both",
                violation_error_message="Say in both languages what the picture shows and whose it is.",
            ),
        ),
    ]
