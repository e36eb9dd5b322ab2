"""The template by which every form of the site shows a field."""

import re

from django import forms


class Sample(forms.Form):
    """One field of each kind."""

    url = forms.CharField(help_text="Where <it> is.")
    private = forms.BooleanField(help_text="For you.")
    kind = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)


def shown(field: str, data: dict[str, str] | None = None) -> str:
    return str(Sample(data)[field].as_field_group())


def test_a_label_belongs_to_its_input_and_stands_above_it() -> None:
    text = shown("url")
    assert text.index('<label for="id_url">') < text.index("<input")


def test_the_help_is_named_by_the_input_and_escaped() -> None:
    text = shown("url")
    assert 'aria-describedby="id_url_helptext"' in text
    assert re.search(r'<p [^>]*id="id_url_helptext">Where &lt;it&gt; is\.</p>', text)


def test_without_an_error_nothing_is_invalid() -> None:
    text = shown("url")
    assert "aria-invalid" not in text
    assert "alert" not in text


def test_an_error_is_an_alert_that_the_input_names() -> None:
    for field in ("url", "private"):
        text = shown(field, {"x": "y"})
        assert 'aria-invalid="true"' in text
        assert f'aria-describedby="id_{field}_helptext id_{field}_error"' in text
        assert re.search(rf'<p [^>]*id="id_{field}_error" role="alert">This field is req', text)


def test_a_group_of_choices_names_its_error_too() -> None:
    text = shown("kind", {"x": "y"})
    assert re.search(r'<fieldset aria-describedby="id_kind_error">', text)
    assert 'id="id_kind_error" role="alert"' in text


def test_a_checkbox_stands_before_its_label() -> None:
    text = shown("private")
    assert text.index("<input") < text.index('<label for="id_private">')


def test_what_was_typed_is_kept_and_escaped() -> None:
    assert 'value="&quot;&gt;&lt;b"' in shown("url", {"url": '"><b'})
