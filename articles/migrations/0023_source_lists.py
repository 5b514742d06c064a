from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0022_settled_reports")]

    operations = [
        migrations.AddIndex("source", models.Index(fields=["merged_into", "year"], name="source_standing_years")),
        migrations.AddIndex("source", models.Index(fields=["merged_into", "title"], name="source_standing_titles")),
    ]
