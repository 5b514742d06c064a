from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0020_standing_lists")]

    operations = [
        migrations.AddIndex(
            model_name="source",
            index=models.Index(fields=["merged_into", "authors", "year", "title"], name="source_standing_list"),
        ),
        migrations.RemoveIndex(model_name="source", name="source_list"),
    ]
