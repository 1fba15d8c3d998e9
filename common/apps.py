from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CommonConfig(AppConfig):
    name = "common"
    verbose_name = "地基"

    def ready(self) -> None:
        # Emitted once per app; the sender is the last app installed, when all tables are there.
        from django.apps import apps
        from django.contrib.auth.signals import user_logged_in

        from common.promises.apply import keep_promises
        from common.web.session import begin_with_login

        user_logged_in.connect(begin_with_login, dispatch_uid="session")
        post_migrate.connect(keep_promises, sender=list(apps.get_app_configs())[-1], dispatch_uid="promises")
