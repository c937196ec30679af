from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("base", "0004_evidence"),
    ]

    operations = [
        migrations.AddField(
            model_name="contentversion",
            name="takes_back",
            field=models.BooleanField(db_default=False),
        ),
    ]
