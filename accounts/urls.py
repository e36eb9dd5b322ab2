"""The addresses of accounts."""

from django.urls import path

from accounts.views import entering

app_name = "accounts"

urlpatterns = [
    path("signup/", entering.sign_up_page, name="signup"),
    path("login/", entering.log_in, name="login"),
    path("logout/", entering.log_out, name="logout"),
]
