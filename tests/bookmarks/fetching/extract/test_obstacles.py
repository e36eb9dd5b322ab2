"""Pages in place of the page asked for, in the forms of the wild, and pages about them."""

import pytest

from tests.bookmarks.fetching.extract import LOREM, read

DEEP = "https://site.example/2023/how-to-train"
HOME = "https://site.example/"
ARTICLE = f"<p>{LOREM}</p>" * 8

TITLES = {
    "challenge": [
        "Just a moment...",
        "Attention Required! | Cloudflare",
        "Un instant…",
        "Nur einen Moment…",
        "请稍候…",
        "しばらくお待ちください...",
        "Один момент…",
        "Access Denied",
        "Zugriff verweigert",
        "Accès refusé",
        "访问被拒绝",
        "Robot or human?",
        "Are you a robot?",
        "Vérification de sécurité",
        "百度安全验证",
        "人机验证",
        "Ой, Капча!",
        "Pardon Our Interruption",
        "Making sure you're not a bot!",
        "Making sure you’re not a bot!",
        "Radware Bot Manager Captcha",
        "ERROR: The request could not be satisfied",
        "Request Rejected",
        "403 Forbidden",
        "Too Many Requests",
        "429 Too Many Requests",
        "502 Bad Gateway",
        "Site Example | Security Check",
        "451: Unavailable due to legal reasons",
        "Not available in your region",
        "Access denied | site.example used Cloudflare to restrict access",
    ],
    "login": [
        "Log in",
        "Sign in - Google Accounts",
        "Log in | Site Example",
        "Anmelden",
        "Anmeldung - Site",
        "Se connecter",
        "Iniciar sesión",
        "登录",
        "ログイン",
        "로그인",
        "Вход",
        "LinkedIn Login, Sign in | LinkedIn",
        "Log into Facebook",
        "Subscribe to read | Site Example",
    ],
    "consent": [
        "Before you continue to YouTube",
        "Bevor Sie zu YouTube weitergehen",
        "Avant d'accéder à YouTube",
        "Yahoo is part of the Yahoo family of brands",
        "Yahoo ist Teil der Yahoo Markenfamilie",
        "DPG Media Privacy Gate",
        "We value your privacy",
        "Datenschutz-Einstellungen",
    ],
    "not_found": [
        "404",
        "404 Not Found",
        "Error 404 (Not Found)!!1",
        "Page not found",
        "Page Not Found | Site",
        "Site - Page not found",
        "Oops! 404: Page Not Found",
        "Sorry, this page isn't available",
        "Seite nicht gefunden",
        "Fehler 404 – Seite nicht gefunden",
        "Page introuvable",
        "Erreur 404",
        "Página no encontrada",
        "Página não encontrada",
        "Pagina non trovata",
        "Страница не найдена",
        "Ошибка 404",
        "页面不存在",
        "抱歉，您访问的页面不存在",
        "404 ページが見つかりません",
        "お探しのページは見つかりませんでした。",
        "페이지를 찾을 수 없습니다",
        "Sayfa bulunamadı",
        "الصفحة غير موجودة",
        "Site not found · GitHub Pages",
        "Strona nie znaleziona",
        "Stranica nije pronađena | Site",
        "Stran ne obstaja",
        "No s'ha trobat la pàgina",
        "Puslapis nerastas",
    ],
    "parked": [
        "This domain is for sale",
        "site.example is for sale | HugeDomains",
        "Diese Domain steht zum Verkauf",
        "Ce nom de domaine est à vendre",
        "域名出售",
        "site.example - This website is for sale! - site Resources",
        "Parked Domain",
        "Domain geparkt",
        "Die Domain name.example ist zu verkaufen",
        "Le nom de domaine name.example est à vendre",
        "Домен name.example продаётся",
        "域名 name.example 出售",
    ],
    "script_only": [
        "Redirecting...",
        "Loading…",
        "React App",
        "JavaScript is not available.",
        "Weiterleitung",
        "正在跳转",
    ],
}


@pytest.mark.parametrize(
    ("title", "name"), [(title, name) for name, titles in TITLES.items() for title in titles]
)
def test_an_obstacle_is_known_by_its_title(title: str, name: str) -> None:
    facts = read(f"<title>{title}</title><p>Something short.</p>", DEEP)
    assert (facts.obstacle, facts.blocked) == (name, True)
    assert facts.sources["obstacle"] == "title"


@pytest.mark.parametrize(
    "title",
    [
        "CAPTCHA - Wikipedia",
        "404 Not Found",
        "404 Not Found - HTTP | MDN",
        "Login",
        "Security check",
        "Just a moment in the life of a model",
        "Page not found: why links rot and what to do",
        "How captchas work",
        "Domains for sale: a history of squatting",
        "We value your privacy",
        "Before you continue to pretrain: a guide",
        "Verifying your browser, and what it tells",
    ],
)
def test_an_article_about_such_things_is_none(title: str) -> None:
    html = f"<title>{title}</title><h1>{title}</h1>{ARTICLE * 2}"
    assert read(html, DEEP).obstacle == ""


def test_a_short_article_that_says_so_is_none() -> None:
    marked = (
        '<script type="application/ld+json">{"@type":"Article","headline":"404 Not Found"}</script>'
    )
    html = f"<title>404 Not Found</title><h1>404 Not Found</h1>{ARTICLE}"
    assert read(html, DEEP).obstacle == "not_found"
    assert read(marked + html, DEEP).obstacle == ""


@pytest.mark.parametrize(
    ("html", "url", "name"),
    [
        # Headings and texts under a title that names no page.
        ("<title>Site</title><h1>Page not found</h1>", DEEP, "not_found"),
        ("<h1>Oops!</h1><h1>Seite nicht gefunden</h1>", DEEP, "not_found"),
        ("<title>A guide</title><h1>Page not found</h1>", DEEP, ""),
        (
            "<title>Site</title><p>The page you are looking for doesn't exist.</p>",
            DEEP,
            "not_found",
        ),
        ("<title>Site</title><p>Die angeforderte Seite existiert nicht.</p>", DEEP, "not_found"),
        ("<title>Hello</title><p>x", "https://site.example/404.html", "not_found"),
        # Many suggestions under a missing page.
        (f"<title>Page not found</title><h1>Page not found</h1>{ARTICLE}", DEEP, "not_found"),
        # Addresses of walls.
        ("<title>Welcome</title>", "https://consent.google.com/m?continue=x", "consent"),
        ("<title>Welcome</title>", "https://guce.yahoo.com/consent", "consent"),
        ("<title>https://x.example</title>", "https://www.google.com/sorry/index?q=x", "challenge"),
        (
            "<title>Welcome back</title><form><input type=password></form>",
            "https://site.example/users/sign_in?to=/a",
            "login",
        ),
        ("<title>Welcome</title><form><input type=password></form>", DEEP, ""),
        # Scripts of walls.
        (
            "<title>Site</title><script src=https://ct.captcha-delivery.com/c.js></script>",
            DEEP,
            "challenge",
        ),
        ("<title>Hello</title><script src=/_Incapsula_Resource?x></script>", HOME, "challenge"),
        (
            "<title>site.example</title><script>location='//parkingcrew.net'</script>",
            HOME,
            "parked",
        ),
        # Nothing but a place for a script.
        ("<div id=root></div>", DEEP, "script_only"),
        ("<title>Site</title><div id=__next></div>", DEEP, "script_only"),
        (
            "<body><noscript>You need to enable JavaScript to run this app.</noscript>",
            DEEP,
            "script_only",
        ),
        ("<title>How to train</title><div id=root></div>", DEEP, ""),
        (
            "<title>Site</title><meta name=description content='A guide'><div id=root></div>",
            DEEP,
            "",
        ),
        ("<title>Site</title><div id=root></div>", HOME, ""),
        ("<title>X</title><p>Something went wrong.", "https://x.com/ada/status/7", "script_only"),
        ("<title>Threads</title><p>A thread is a line of work.", DEEP, ""),
        # A title that is the host alone.
        ("<title>site.example</title><p>Please wait.", DEEP, "challenge"),
        ("<title>www.site.example</title>", DEEP, "challenge"),
        ("<title>site.example</title><p>Welcome.", HOME, ""),
        # No more than a head, as a browser hands it over.
        ("<title>How to train</title>", DEEP, ""),
        ("<title>Just a moment...</title>", HOME, "challenge"),
        ("", DEEP, ""),
    ],
)
def test_an_obstacle_is_known_by_what_it_does(html: str, url: str, name: str) -> None:
    assert read(html, url).obstacle == name


@pytest.mark.parametrize(
    ("html", "target"),
    [
        ('<meta http-equiv="refresh" content="0;url=/new">', "https://site.example/new"),
        (
            "<META HTTP-EQUIV=Refresh CONTENT=\"0; URL='https://x.example/a?b=1&amp;c=2'\">",
            "https://x.example/a?b=1&c=2",
        ),
        (
            "<noscript><meta http-equiv=refresh content='5 https://x.example/'></noscript>",
            "https://x.example/",
        ),
        (
            '<script>window.location.href = "https:\\/\\/x.example\\/a"</script>',
            "https://x.example/a",
        ),
        ("<body><script>location.replace('/new')</script>", "https://site.example/new"),
        ('<meta http-equiv="refresh" content="30">', ""),
        (f'<meta http-equiv="refresh" content="0;url={DEEP}#top">', ""),
        ('<meta http-equiv="refresh" content="0;url=javascript:alert(1)">', ""),
        ('<meta http-equiv="refresh" content="0;url=http://[">', ""),
        (f'<meta http-equiv="refresh" content="600;url=/next">{ARTICLE}', ""),
        (f"<script>location.href = '/app'</script>{ARTICLE}", ""),
        ("<script>if (location.href == 'x') {}</script>", ""),
    ],
)
def test_an_empty_page_sends_on_to(html: str, target: str) -> None:
    assert read(html, DEEP).refresh_to == target
