"""How forms become HTML; named by FORM_RENDERER."""

from django.forms.renderers import TemplatesSetting


class FormRenderer(TemplatesSetting):
    """Renders `{{ form.url.as_field_group }}` with `templates/_field.html`, as all our forms do."""

    field_template_name = "_field.html"
