from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0008_revision_author_index"),
    ]

    operations = [
        migrations.AddField(
            model_name="stash",
            name="choices",
            field=models.JSONField(default=dict),
        ),
    ]
