"""The addresses of accounts."""

from django.urls import path

from accounts.views import deleting, entering, passwords, settings

app_name = "accounts"

urlpatterns = [
    path("signup/", entering.sign_up_page, name="signup"),
    path("login/", entering.log_in, name="login"),
    path("logout/", entering.log_out, name="logout"),
    path("settings/", settings.settings_page, name="settings"),
    path("settings/email/", settings.change_email, name="email"),
    path("settings/feed-key/", settings.renew_feed_key_page, name="renew_feed_key"),
    path("settings/mail/", settings.renew_mail_key_page, name="renew_mail_key"),
    path("settings/mail/drop/", settings.drop_mail_key_page, name="drop_mail_key"),
    path("settings/tokens/", settings.make_token_page, name="make_token"),
    path("settings/tokens/<int:pk>/revoke/", settings.revoke_token_page, name="revoke_token"),
    path("settings/password/", passwords.change_password, name="password"),
    path("settings/delete/", deleting.delete_account_page, name="delete"),
    path("deleted/", deleting.deleted, name="deleted"),
    path("password/reset/", passwords.forgotten, name="forgotten"),
    path("password/reset/sent/", passwords.reset_sent, name="reset_sent"),
    path("password/reset/done/", passwords.reset_done, name="reset_done"),
    path("password/reset/<uidb64>/<token>/", passwords.NewPassword.as_view(), name="new_password"),
]
