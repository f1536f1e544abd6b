"""`python -m nafida.launch.manage`: Django's management commands, in a process of their own."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from environs import EnvError

from nafida.launch.environment import Refusal, check_environment


def main() -> None:
    """Run sys.argv; a wrong value in the environment is one line that names the variable."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nafida.settings")
    try:
        check_environment(os.environ)
        execute_from_command_line(["./nafida manage", *sys.argv[1:]])
    except (EnvError, ImproperlyConfigured, Refusal) as problem:
        sys.exit(" ".join(str(problem).split()))


if __name__ == "__main__":
    main()
