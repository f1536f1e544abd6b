from django.apps import AppConfig
from django.core import checks

from .checks import check_smtp_url


class MailConfig(AppConfig):
    name = "nafida.mail"

    def ready(self) -> None:
        checks.register(check_smtp_url)
