from django.db import migrations, models

_CONDITIONS = {"protected": models.Q(protected=True), "unmeasured": models.Q(errors=None)}


class Migration(migrations.Migration):
    dependencies = [("articles", "0023_source_lists")]

    operations = [
        *(
            migrations.AddIndex(
                "standing", models.Index(fields=["title"], name=f"standing_{name}_titles", condition=condition)
            )
            for name, condition in _CONDITIONS.items()
        ),
        *(migrations.RemoveIndex("standing", f"standing_{name}") for name in _CONDITIONS),
    ]
