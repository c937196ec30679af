"""What is typed to sign in and to enrol."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.utils.translation import gettext_lazy as _

from memorial.staff import totp
from memorial.staff.models import User

# A password longer than this is an attempt to keep the processor busy.
_LONGEST = 200


def _code_box(**attributes: str) -> forms.TextInput:
    return forms.TextInput({"autocomplete": "one-time-code", "spellcheck": "false", **attributes})


def _password_box(autocomplete: str) -> forms.PasswordInput:
    return forms.PasswordInput({"autocomplete": autocomplete})


class SignInForm(forms.Form):
    """Name, password and code in one page: a password manager fills in all three."""

    username = forms.CharField(
        label=_("Name"),
        max_length=150,
        widget=forms.TextInput(
            {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false", "autofocus": True}
        ),
    )
    password = forms.CharField(
        label=_("Password"), max_length=_LONGEST, strip=False, widget=_password_box("current-password")
    )
    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        widget=_code_box(autocapitalize="none"),
        help_text=_("Six figures from your telephone, or one of your recovery codes."),
    )


class DemoSignInForm(SignInForm):
    """Name and password: for trying out only."""

    code = None  # type: ignore[assignment]


class CodeForm(forms.Form):
    """A code of a generator that is being set up. `step` is the half minute that it was of."""

    code = forms.CharField(
        label=_("Code from the telephone"), max_length=20, widget=_code_box(inputmode="numeric")
    )
    step: int

    def __init__(self, *args: Any, secret: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.secret = secret

    def clean_code(self) -> str:
        """Only a code of now shows that the telephone has the secret."""
        typed: str = self.cleaned_data["code"]
        step = totp.step_of(self.secret, typed)
        if step is None:
            raise forms.ValidationError(
                _("This is not the code of now. Look whether the telephone sets its clock by the network.")
            )
        self.step = step
        return typed


class EnrolForm(CodeForm):
    """The first step: a password, and a telephone that shows codes."""

    field_order = ("password", "again", "code")
    password = forms.CharField(
        label=_("New password"), max_length=_LONGEST, strip=False, widget=_password_box("new-password")
    )
    again = forms.CharField(
        label=_("The password again"), max_length=_LONGEST, strip=False, widget=_password_box("new-password")
    )

    def __init__(self, *args: Any, account: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account
        self.fields["password"].help_text = " ".join(password_validators_help_texts())

    def clean_password(self) -> str:
        """The usual rules, and not the name."""
        password: str = self.cleaned_data["password"]
        validate_password(password, self.account)
        return password

    def clean(self) -> dict[str, Any]:
        """The same twice."""
        found = super().clean() or {}
        if "password" in found and "again" in found and found["password"] != found["again"]:
            self.add_error("again", _("The two passwords differ."))
        return found


class PasskeyForm(forms.Form):
    """What the browser made or answered, and how its owner calls it."""

    name = forms.CharField(
        label=_("A name for it"),
        max_length=60,
        help_text=_("So that you know it later: “laptop”, “blue key”."),
    )
    credential = forms.JSONField(widget=forms.HiddenInput)


class NewAccountForm(forms.ModelForm):
    """A new account: a name and groups. The password is chosen by its owner, by an enrolment link."""

    class Meta:
        model = User
        fields = ("username", "groups")

    def save(self, commit: bool = True) -> User:
        """An open account of the staff that nobody can sign in to yet."""
        self.instance.is_staff = True
        self.instance.set_unusable_password()
        account: User = super().save(commit)
        return account
