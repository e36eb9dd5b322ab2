"""What single sites say in their own way, in the forms their pages have."""

import pytest

from bookmarks.fetching.extract.sites.arxiv import venue_in
from tests.bookmarks.fetching.extract import LOREM, read

ARXIV = "https://arxiv.org/abs/1706.03762v5"
GITHUB = "https://github.com/ada/engine"
MODEL = "https://huggingface.co/ada/engine"
VIDEO = "https://www.youtube.com/watch?v=abcdefghijk"


def meta(**contents: str) -> str:
    named = ((name.replace("__", ":"), content) for name, content in contents.items())
    return "".join(f'<meta property="{name}" content="{content}">' for name, content in named)


def titled(title: str) -> str:
    return f"<title>{title}</title>"


def test_an_abstract_page_of_arxiv() -> None:
    facts = read(
        titled("[1706.03762v5] Attention Is All You Need")
        + meta(
            citation_title="Attention Is  All\n You Need",
            citation_author="Vaswani, Ashish",
            citation_date="2017/06/12",
            citation_online_date="2023/08/02",
            citation_pdf_url="https://arxiv.org/pdf/1706.03762",
            citation_arxiv_id="1706.03762",
            citation_abstract=LOREM,
            twitter__title="Attention Is All...",
        )
        + '<h1 class="title mathjax"><span>Title:</span>Attention Is All You Need</h1>'
        '<td class="tablecell comments mathjax">15 pages, code at '
        "<a href=https://github.com/tensorflow/tensor2tensor>https://github.com/tensorflow/"
        "tensor2tensor</a>. Accepted at NeurIPS 2017</td>"
        '<a rel=license href="http://arxiv.org/licenses/nonexclusive-distrib/1.0/">x</a>',
        ARXIV,
    )
    assert facts.title == "Attention Is All You Need"
    assert facts.authors == ("Ashish Vaswani",)
    assert (facts.published, facts.modified) == ("2017-06-12", "2023-08-02")
    assert facts.abstract == facts.description == LOREM
    assert facts.venue == "NeurIPS 2017"
    assert facts.code_url == "https://github.com/tensorflow/tensor2tensor"
    assert facts.licence == "arXiv non-exclusive licence"
    assert facts.identifiers == ("arxiv:1706.03762",)
    assert facts.kind == "paper"


def test_a_title_in_tex_is_shown_in_letters_unless_it_is_mathematics() -> None:
    spelled = meta(citation_title=r"Schr\&quot;odinger Bridges", og__title="Schrödinger Bridges")
    assert read(spelled, ARXIV).title == "Schrödinger Bridges"
    formula = meta(citation_title=r"Beyond $\ell_2$", og__title="Beyond ℓ2")
    assert read(formula, ARXIV).title == r"Beyond $\ell_2$"


def test_an_abstract_page_without_tags_is_read_by_its_marks() -> None:
    facts = read(
        titled("[hep-th/9901001] A Theory")
        + "<h1 class=title><span>Title:</span>A Theory</h1>"
        + f"<blockquote class='abstract mathjax'><span>Abstract:</span>{LOREM}</blockquote>"
        + "<td class='tablecell jref'>Annals 7 (1999) 1-9</td>",
        "https://arxiv.org/abs/hep-th/9901001",
    )
    assert (facts.title, facts.abstract, facts.venue) == ("A Theory", LOREM, "Annals 7 (1999) 1-9")


@pytest.mark.parametrize(
    ("comments", "venue"),
    [
        ("15 pages, 5 figures", ""),
        ("Accepted at ICLR 2024", "ICLR 2024"),
        ("CVPR'22 camera-ready", "CVPR'22"),
        ("9 pages; published as a conference paper at ICLR 2021", "ICLR 2021"),
        ("To appear in the Annals of Statistics", "Annals of Statistics"),
        ("Accepted for publication in Physical Review X. 9 pages", "Physical Review X"),
        ("accepted by reviewers", ""),
        ("", ""),
    ],
)
def test_comments_tell_of_a_venue(comments: str, venue: str) -> None:
    assert venue_in(comments) == venue


def test_a_paper_that_was_turned_to_html_has_marks_of_its_own() -> None:
    facts = read(
        titled("Untitled") + "<h1 class='ltx_title ltx_title_document'>A Theory</h1>"
        "<span class=ltx_personname>Ada Lovelace</span>"
        f"<div class=ltx_abstract><h6>Abstract</h6><p>{LOREM}</p></div>",
        "https://ar5iv.labs.arxiv.org/html/1706.03762",
    )
    assert (facts.title, facts.authors, facts.abstract) == ("A Theory", ("Ada Lovelace",), LOREM)


FORUM = "https://openreview.net/forum?id=abcDEF123"
LONG = "A Theory of Models That Is Long Enough to Be Cut by Whoever Shows Its Title Somewhere"


def test_openreview_gives_the_whole_title() -> None:
    cut = meta(og__title=LONG[:70] + "...")
    assert read(cut + meta(citation_title=LONG), FORUM).title == LONG
    assert read(cut + f"<h2 class=citation_title>{LONG}</h2>", FORUM).title == LONG


@pytest.mark.parametrize(
    ("url", "title", "obstacle"),
    [
        (FORUM, "Verifying your browser | OpenReview", "challenge"),
        ("https://openreview.net/challenge?redirect=%2Fforum", "OpenReview", "challenge"),
        ("https://openreview.net/login?redirect=%2Fforum", "Login | OpenReview", "login"),
        (FORUM, "Forum | OpenReview", "script_only"),
        (FORUM, "A Theory | OpenReview", ""),
        (VIDEO, " - YouTube", "not_found"),
        (VIDEO, "YouTube", "script_only"),
        (VIDEO, "A Talk - YouTube", ""),
        ("https://consent.youtube.com/m?continue=x", "Bevor Sie weitergehen", "consent"),
        (
            "https://www.coursera.org/learn/gone",
            "Coursera | Online Courses & Credentials",
            "not_found",
        ),
        ("https://www.coursera.org/", "Coursera | Online Courses & Credentials", ""),
        ("https://colab.research.google.com/drive/1aB", "Google Colab", "script_only"),
        ("https://colab.research.google.com/drive/1aB", "Train.ipynb - Colab", ""),
        ("https://www.alphaxiv.org/abs/1706.03762", "alphaXiv", "script_only"),
        ("https://www.reddit.com/r/x/comments/1/x/", "Reddit - Dive into anything", "challenge"),
        ("https://pypi.org/project/x/", "Client Challenge", "challenge"),
    ],
)
def test_what_sites_show_in_place_of_a_page(url: str, title: str, obstacle: str) -> None:
    facts = read(titled(title), url)
    assert (facts.obstacle, facts.blocked) == (obstacle, bool(obstacle))


def test_proceedings() -> None:
    acl = read(
        meta(citation_title="T", citation_author="A, B", og__description="Ada. ACL. 2020.")
        + f"<div class='card-body acl-abstract'><h5>Abstract</h5><span>{LOREM}</span></div>"
        + "<dl><dt>Volume:</dt><dd>Findings</dd><dt>Venue:</dt><dd>ACL</dd></dl>",
        "https://aclanthology.org/2020.acl-main.1/",
    )
    assert (acl.abstract, acl.description, acl.venue) == (LOREM, LOREM, "ACL")
    pmlr = read(
        f"<div id=abstract>{LOREM}</div><div id=info><i>Proceedings of ICML</i>, PMLR 1</div>",
        "https://proceedings.mlr.press/v1/ada20a.html",
    )
    assert (pmlr.abstract, pmlr.venue) == (LOREM, "Proceedings of ICML")
    neurips = read(
        f"<div class=paper-section><h4>T</h4><p>Ada</p><p>{LOREM}</p></div>",
        f"https://papers.nips.cc/paper_files/paper/2017/hash/{'a' * 32}-Abstract.html",
    )
    assert (neurips.abstract, neurips.venue) == (LOREM, "NeurIPS 2017")
    cvf = read(
        "<div id=papertitle>A Theory</div><div id=authors><b><i>Ada Lovelace, Alan Turing</i></b>; "
        f"Proceedings of the CVPR, 2016, pp. 1-9</div><div id=abstract>{LOREM}</div>",
        "https://openaccess.thecvf.com/content_cvpr_2016/html/A_2016_CVPR_paper.html",
    )
    assert (cvf.title, cvf.authors) == ("A Theory", ("Ada Lovelace", "Alan Turing"))
    assert (cvf.abstract, cvf.venue) == (LOREM, "Proceedings of the CVPR")


def test_semantic_scholar_is_read_by_its_data() -> None:
    facts = read(
        titled("[PDF] A Theory | Semantic Scholar")
        + meta(og__description='Semantic Scholar extracted view of "A Theory" by Ada')
        + '<script class=schema-data type="application/ld+json">{"@graph":[[{"@type":'
        '"ScholarlyArticle","name":"A Theory","author":[{"name":"Ada Lovelace"}],"datePublished":'
        f'"2017-06-12","abstract":"{LOREM}","publication":{{"name":"KDD"}},'
        '"sameAs":"https://doi.org/10.1000/ABC"}]]}</script>',
        f"https://www.semanticscholar.org/paper/A-Theory/{'a' * 40}",
    )
    assert (facts.title, facts.authors, facts.venue) == ("A Theory", ("Ada Lovelace",), "KDD")
    assert (facts.description, facts.doi) == (LOREM, "10.1000/abc")
    assert facts.identifiers == ("doi:10.1000/abc",)


@pytest.mark.parametrize(
    ("path", "title", "result"),
    [
        ("", "GitHub - Ada/Engine: Notes of the engine", "Ada/Engine"),
        ("", "Something else", "ada/engine"),
        ("/tree/dev/src", "engine/src at dev · ada/engine · GitHub", "ada/engine: src"),
        ("/blob/dev/a/b.py", "engine/a/b.py at dev · ada/engine", "ada/engine: a/b.py"),
        ("/issues/7", "It halts · Issue #7 · ada/engine · GitHub", "It halts"),
        ("/pull/8", "Go on by alan · Pull Request #8 · ada/engine", "Go on"),
        ("/wiki", "Home · ada/engine Wiki · GitHub", "ada/engine: Home"),
    ],
)
def test_a_repository_is_called(path: str, title: str, result: str) -> None:
    html = titled(title) + meta(og__title="GitHub - a different thing") + "<h1>Search</h1>"
    assert read(html, GITHUB + path).title == result


@pytest.mark.parametrize(
    ("description", "result"),
    [
        (
            "Notes of the engine. Contribute to ada/engine development by creating "
            "an account on GitHub.",
            "Notes of the engine.",
        ),
        ("Notes of the engine - ada/engine", "Notes of the engine"),
        ("Contribute to ada/engine development by creating an account on GitHub.", ""),
        ("", ""),
    ],
)
def test_a_repository_is_described_by_its_owner_alone(description: str, result: str) -> None:
    assert read(meta(og__description=description), GITHUB).description == result


def test_a_repository_shows_its_licence_and_its_paper() -> None:
    readme = (
        "<article class=markdown-body><a href=https://arxiv.org/abs/1706.03762>x</a>{}</article>"
    )
    licence = "<a href=#Apache-2.0-1-ov-file>Apache-2.0 license</a><a href=#l>View license</a>"
    facts = read(licence + readme.format(""), GITHUB)
    assert (facts.licence, facts.related) == ("Apache-2.0", ("arxiv:1706.03762",))
    assert (facts.authors, facts.published, facts.kind) == ((), "", "code")
    assert facts.sources["title"] == "site: address"
    many = readme.format("<a href=https://arxiv.org/pdf/1409.0473>y</a>")
    assert read(many, GITHUB).related == ()


def test_gitlab_calls_a_project_by_its_path() -> None:
    html = titled("Ada / Engine · GitLab") + meta(og__description="GitLab.com")
    facts = read(html, "https://gitlab.com/ada/engine")
    assert (facts.title, facts.description) == ("ada/engine", "")


@pytest.mark.parametrize(
    ("path", "title", "result"),
    [
        ("ada/engine", "ada/engine · Hugging Face", "ada/engine"),
        ("datasets/ada/notes", "ada/notes · Datasets at Hugging Face", "ada/notes"),
        ("spaces/ada/demo", "Demo of It - a Hugging Face Space by ada", "Demo of It"),
        ("collections/ada/best-1", "Best - a ada Collection", "Best"),
        (
            "papers/1706.03762",
            "Paper page - Attention Is\n  All You Need",
            "Attention Is All You Need",
        ),
        ("ada/engine/blob/main/a.json", "a.json · ada/engine at main", "a.json · ada/engine"),
    ],
)
def test_a_page_of_the_hub_is_called(path: str, title: str, result: str) -> None:
    html = titled(title) + meta(og__description="We’re on a journey to advance AI.")
    facts = read(html, f"https://huggingface.co/{path}")
    assert (facts.title, facts.description) == (result, "")


def test_a_model_shows_its_licence_and_its_paper() -> None:
    facts = read(
        "<a href=/models?license=license:apache-2.0>License: apache-2.0</a>"
        "<a href=/models?other=arxiv:1910.09700>x</a><a href=/models?other=arxiv:1706.03762>x</a>",
        MODEL,
    )
    assert (facts.licence, facts.related) == ("apache-2.0", ("arxiv:1706.03762",))


def test_notebooks_are_called_by_their_file_or_title() -> None:
    colab = "https://colab.research.google.com/github/a/b/blob/main/Train_a%20model.ipynb"
    assert read(titled("Google Colab"), colab).title == "Train a model"
    kaggle = read(
        titled("Notes | Kaggle")
        + meta(
            og__title="Notes", og__description="Explore and run machine learning code with Kaggle"
        ),
        "https://www.kaggle.com/datasets/ada/notes",
    )
    assert (kaggle.title, kaggle.description, kaggle.kind) == ("Notes", "", "dataset")


def test_a_video_tells_its_channel_length_and_day() -> None:
    facts = read(
        titled("A Talk - YouTube")
        + "<meta name=title content='A Talk'><span itemprop=author><link itemprop=name "
        "content='Ada Lovelace'></span><meta itemprop=duration content=PT1H2M3S>"
        "<meta itemprop=uploadDate content=2020-01-02T03:04:05-07:00>",
        VIDEO,
    )
    assert (facts.title, facts.authors, facts.duration) == ("A Talk", ("Ada Lovelace",), 3723)
    assert (facts.published[:10], facts.kind) == ("2020-01-02", "video")


@pytest.mark.parametrize("description", ["Introduction", "Ada Lovelace", "How to train a model"])
def test_a_post_is_not_described_by_a_heading_or_a_name(description: str) -> None:
    post = (
        meta(og__description=description, og__title="How to train a model")
        + '<script type="application/ld+json">{"@type":"Article","author":{"name":"Ada Lovelace"}}'
        "</script><h1>How to train a model</h1>"
    )
    assert read(post, "https://medium.com/@ada/how-to-0123456789ab").description == ""


def test_a_chapter_of_a_book_is_called_without_the_book() -> None:
    facts = read(
        titled("1.2. Softmax — Dive into Deep Learning 1.0.3 documentation")
        + "<h1>1.2. Softmax</h1>",
        "https://d2l.ai/chapter_linear/softmax.html",
    )
    assert (facts.title, facts.site_name) == ("Softmax", "Dive into Deep Learning")


def test_the_rules_of_a_site_are_for_its_hosts_alone() -> None:
    html = titled("Ada / Engine · GitLab") + meta(og__description="GitLab.com")
    assert read(html, "https://gitlab.com.site.example/ada/engine").description == "GitLab.com"
