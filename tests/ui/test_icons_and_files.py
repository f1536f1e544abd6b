"""Icons, words kept apart from their direction, and files of front-end packages."""

from xml.etree import ElementTree

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.template import Context, Template, TemplateSyntaxError

from nafida.ui.icons import ICONS, MIRRORED


def drawn(source, **context):
    return Template("{% load nafida %}" + source).render(Context(context))


@pytest.mark.parametrize("name", ICONS)
def test_every_icon_is_a_sound_drawing_hidden_from_screen_readers(name):
    svg = ElementTree.fromstring(drawn("{% icon name %}", name=name))
    assert svg.get("aria-hidden") == "true"
    assert len(svg)


def test_an_icon_with_a_label_speaks():
    html = drawn("{% icon 'camera' label %}", label='The "photo"')
    assert 'role="img" aria-label="The &quot;photo&quot;"' in html
    assert "aria-hidden" not in html


def test_icons_that_mean_a_direction_are_turned_round_in_arabic():
    assert ICONS.keys() >= MIRRORED
    assert "icon-mirrored" in drawn("{% icon 'next' %}")
    assert "icon-mirrored" not in drawn("{% icon 'search' %}")


def test_an_unknown_icon_is_refused():
    with pytest.raises(TemplateSyntaxError, match="no icon called 'unicorn'"):
        drawn("{% icon 'unicorn' %}")


def test_a_reference_keeps_its_own_direction():
    assert drawn("{{ value|bdi }}", value="<471>") == "<bdi>&lt;471&gt;</bdi>"


def test_a_file_of_a_package_is_found_and_collected_under_its_name_in_the_site(settings, tmp_path):
    source = tmp_path / "package" / "face-600-normal.woff2"
    source.parent.mkdir()
    source.write_bytes(b"face")
    settings.PACKAGE_FILES = {"ui/fonts/face.woff2": source}
    settings.STATIC_ROOT = tmp_path / "static"
    assert finders.find("ui/fonts/face.woff2") == str(source)
    call_command("collectstatic", interactive=False, verbosity=0)
    assert (tmp_path / "static/ui/fonts/face.woff2").read_bytes() == b"face"


def test_without_packages_everything_else_is_collected(settings, tmp_path):
    settings.PACKAGE_FILES = {}
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    assert (tmp_path / "static/staticfiles.json").exists()
    assert list((tmp_path / "static/ui").glob("nafida.*.css.br"))
    assert finders.find("ui/display.css") is None
