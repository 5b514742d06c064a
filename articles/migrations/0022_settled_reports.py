from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0021_source_list")]

    operations = [
        migrations.AddIndex(
            model_name="readerreport",
            index=models.Index(fields=["-settled_at", "-id"], name="reader_report_settled"),
        ),
    ]
