from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def fill(apps, schema_editor):
    """Give every row the title of its article."""
    article, standing = (apps.get_model("articles", name) for name in ("Article", "Standing"))
    titles = article.objects.filter(pk=OuterRef("article")).values("title")
    standing.objects.using(schema_editor.connection.alias).update(title=Subquery(titles[:1]))


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0018_removals"),
    ]

    operations = [
        migrations.AddField(
            model_name="standing",
            name="title",
            field=models.CharField(blank=True, default="", max_length=200),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="standing",
            index=models.Index(fields=["title"], name="standing_title"),
        ),
        migrations.AddIndex(
            model_name="standing",
            index=models.Index(fields=["state", "title"], name="standing_state_title"),
        ),
    ]
