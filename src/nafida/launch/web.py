"""What the web server's worker processes serve."""

import os

from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application

from nafida.launch.child import die_with


def application() -> WSGIHandler:
    """The WSGI application. Called by the web server once in each of its worker processes, before it listens.

    A worker process outlives the server's main process when that is killed, and goes on answering on the
    shared port with nobody to end it; so it asks the kernel to die with it. Outside of the launcher's tree
    nothing is asked.
    """
    if main_process := os.environ.get("NAFIDA_CHILD"):
        die_with(int(main_process))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nafida.settings")
    return get_wsgi_application()
