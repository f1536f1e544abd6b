"""How forms are drawn: `{{ form }}` and `{{ form.place.as_field_group }}` use the templates of this room."""

from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting


class LabelledField(BoundField):
    """A field whose control can say, in its template, how it wants to be labelled."""

    @property
    def is_single_checkbox(self) -> bool:
        """True for a lone box, whose label stands after it."""
        return self.widget_type == "checkbox"

    @property
    def first_control_id(self) -> str:
        """The id a link must name to land on the control: of a group, its first choice."""
        return f"{self.auto_id}_0" if self.use_fieldset else self.id_for_label


class Renderer(TemplatesSetting):
    """The site's own drawing of forms and fields; widgets stay Django's, save groups of choices."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"
    bound_field_class = LabelledField
