from django.db import migrations, models


def index_names(apps, schema_editor):
    """Let PostgreSQL find words in names alone without reading the rest; FTS5 has its columns apart."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE INDEX articles_searchentry_names ON articles_searchentry USING gin (to_tsvector('simple', names))"
        )


def drop_index(apps, schema_editor):
    """Take the index away."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX articles_searchentry_names")


class Migration(migrations.Migration):
    dependencies = [("articles", "0015_watch_since")]

    operations = [
        migrations.AddIndex("renderedpage", models.Index(fields=["title", "id"], name="page_title")),
        migrations.AddIndex(
            "renderedpage", models.Index(fields=["publication"], name="page_pictured", condition=~models.Q(image=""))
        ),
        migrations.RunPython(index_names, drop_index),
    ]
