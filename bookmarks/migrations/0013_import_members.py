from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("bookmarks", "0012_feed_pings"),
    ]

    operations = [
        migrations.AddField(
            model_name="importrow",
            name="member",
            field=models.CharField(blank=True, default="", help_text="which file of an archive its line is in", max_length=200),
            preserve_default=False,
        ),
    ]
