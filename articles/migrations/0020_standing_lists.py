from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("articles", "0019_standing_title")]

    operations = [
        migrations.AddIndex(
            model_name="standing",
            index=models.Index(fields=["writer", "changed"], name="standing_author"),
        ),
        migrations.AddIndex(
            model_name="standing",
            index=models.Index(fields=["title"], name="standing_errors", condition=Q(errors__gt=0)),
        ),
    ]
