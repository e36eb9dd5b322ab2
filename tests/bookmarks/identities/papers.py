"""Addresses of papers; import `PAPERS`."""

from tests.bookmarks.identities.items import Item

ATTENTION = Item(
    "arxiv:1706.03762",
    "https://arxiv.org/abs/1706.03762",
    "paper",
    (
        ("https://arxiv.org/abs/1706.03762", "the abstract"),
        ("https://arxiv.org/abs/1706.03762v5", "a version is kept apart"),
        ("https://arxiv.org/abs/arXiv:1706.03762", "the identifier as it is cited"),
        ("https://arxiv.org/abs/1706.03762/", "a slash too many"),
        ("https://arxiv.org//abs//1706.03762", "doubled slashes"),
        ("https://arxiv.org/abs/1706.03762?context=cs.LG", "reached from a list"),
        ("https://arxiv.org/abs/1706.03762&sa=D", "Google's redirect glued on"),
        ("https://arxiv.org/abs/1706.03762#:~:text=We%20propose", "a passage is marked"),
        ("https://arxiv.org/pdf/1706.03762", "the PDF, whose facts are on the abstract's page"),
        ("https://arxiv.org/pdf/1706.03762v5.pdf", "the PDF with its ending"),
        ("https://arxiv.org/html/1706.03762v7#S3", "arXiv's HTML has no citation tags"),
        ("https://arxiv.org/format/1706.03762", "the choice of formats"),
        ("https://arxiv.org/ps/1706.03762", "PostScript"),
        ("https://arxiv.org/src/1706.03762v5", "the source"),
        ("https://arxiv.org/e-print/1706.03762", "the source, as it was called"),
        ("https://arxiv.org/bibtex/1706.03762", "its citation"),
        ("https://export.arxiv.org/abs/1706.03762", "the host for robots"),
        ("https://browse.arxiv.org/pdf/1706.03762.pdf", "the host for trials"),
        ("https://de.arxiv.org/abs/1706.03762", "a mirror"),
        ("https://xxx.lanl.gov/abs/1706.03762", "where arXiv began"),
        ("https://arxiv.org/ftp/arxiv/papers/1706/1706.03762.pdf", "where PDFs lay"),
        ("https://ar5iv.org/abs/1706.03762", "ar5iv"),
        ("https://ar5iv.labs.arxiv.org/html/1706.03762", "ar5iv at arXiv"),
        ("https://www.alphaxiv.org/abs/1706.03762v7", "alphaXiv"),
        ("https://www.alphaxiv.org/overview/1706.03762", "alphaXiv's own page"),
        ("https://www.alphaxiv.org/de/overview/1706.03762", "alphaXiv in German"),
        ("https://www.alphaxiv.org/zh-cn/overview/1706.03762", "alphaXiv in Chinese of China"),
        ("https://www.alphaxiv.org/pdf/1706.03762.pdf", "alphaXiv's PDF"),
        ("https://huggingface.co/papers/1706.03762", "Hugging Face's page of papers"),
        ("https://hf.co/papers/1706.03762", "its short host"),
        ("https://www.arxiv-vanity.com/papers/1706.03762/", "arXiv Vanity"),
        ("https://scirate.com/arxiv/1706.03762", "SciRate"),
        ("https://doi.org/10.48550/arXiv.1706.03762", "arXiv's DOI"),
        ("https://dx.doi.org/10.48550/arxiv.1706.03762", "the resolver's old host"),
        ("https://dl.acm.org/doi/10.48550/arXiv.1706.03762", "arXiv's DOI at the ACM"),
        ("https://openreview.net/forum?arxivid=1706.03762", "arXiv's paper at OpenReview"),
    ),
)

PREPRINTS = (
    Item(
        "arxiv:hep-th/9901001",
        "https://arxiv.org/abs/hep-th/9901001",
        "paper",
        (
            ("https://arxiv.org/abs/hep-th/9901001", "an identifier from before 2007"),
            ("https://arxiv.org/pdf/hep-th/9901001v3.pdf", "its PDF"),
            ("https://arxiv.org/ftp/hep-th/papers/9901/9901001.pdf", "where its PDF lay"),
            ("https://doi.org/10.48550/arXiv.hep-th/9901001", "its DOI"),
        ),
    ),
    Item(
        "arxiv:math/0309136",
        "https://arxiv.org/abs/math/0309136",
        "paper",
        (
            ("https://arxiv.org/abs/math/0309136", "numbers are counted by archive"),
            ("https://arxiv.org/abs/math.GT/0309136", "so the subject class does not count"),
            ("https://arxiv.org/pdf/math.GT/0309136v1", "nor in a PDF"),
        ),
    ),
    Item(
        "arxiv:0704.0001",
        "https://arxiv.org/abs/0704.0001",
        "paper",
        (("http://arxiv.org/abs/0704.0001v2", "four digits until 2014"),),
    ),
    Item(
        "openreview:YicbFdNTTy",
        "https://openreview.net/forum?id=YicbFdNTTy",
        "paper",
        (
            ("https://openreview.net/forum?id=YicbFdNTTy", "the forum"),
            ("https://openreview.net/pdf?id=YicbFdNTTy", "its PDF"),
            ("https://openreview.net/attachment?id=YicbFdNTTy&name=pdf", "an attachment"),
            ("https://openreview.net/forum?id=YicbFdNTTy&noteId=p-G4oA1AuqS", "a comment"),
            ("https://openreview.net/forum?noteId=p-G4oA1AuqS&id=YicbFdNTTy", "in either order"),
            ("https://openreview.net/forum?id=YicbFdNTTy¬eId=p-G4oA1AuqS", "unescaped as HTML"),
            ("https://openreview.net/forum?id=YicbFdNTTy&amp;noteId=x", "escaped as HTML"),
        ),
        any_case=False,
    ),
    Item(
        "openreview-paperhash:vaswani%7Cattention_is_all",
        "https://openreview.net/forum/vaswani%7Cattention_is_all",
        "paper",
        (("https://openreview.net/forum/vaswani|attention_is_all", "author and title"),),
        any_case=False,
    ),
    Item(
        "s2:204e3073870fae3d05bcbc2f6a8e263d9b72e776",
        "https://www.semanticscholar.org/paper/204e3073870fae3d05bcbc2f6a8e263d9b72e776",
        "paper",
        (
            (
                "https://www.semanticscholar.org/paper/204e3073870fae3d05bcbc2f6a8e263d9b72e776",
                "by its hash alone",
            ),
            (
                "https://www.semanticscholar.org/paper/Attention-is-All-you-Need-Vaswani/"
                "204e3073870fae3d05bcbc2f6a8e263d9b72e776",
                "with its title",
            ),
            (
                "https://www.semanticscholar.org/reader/204e3073870fae3d05bcbc2f6a8e263d9b72e776",
                "in the reader",
            ),
        ),
    ),
)

PUBLISHED = (
    Item(
        "doi:10.1145/3292500.3330701",
        "https://doi.org/10.1145/3292500.3330701",
        "paper",
        (
            ("https://doi.org/10.1145/3292500.3330701", "the resolver"),
            ("http://dx.doi.org/10.1145/3292500.3330701", "the resolver's old host"),
            ("https://doi.org/doi:10.1145/3292500.3330701", "the scheme repeated"),
            ("https://dl.acm.org/doi/10.1145/3292500.3330701", "the ACM's page"),
            ("https://dl.acm.org/doi/abs/10.1145/3292500.3330701", "its abstract"),
            ("https://dl.acm.org/doi/full/10.1145/3292500.3330701", "its text"),
            ("https://dl.acm.org/doi/fullHtml/10.1145/3292500.3330701", "its text in HTML"),
            ("https://dl.acm.org/doi/pdf/10.1145/3292500.3330701?download=true", "its PDF"),
            ("https://dl.acm.org/doi/epdf/10.1145/3292500.3330701", "its PDF in a reader"),
        ),
    ),
    Item(
        "doi:10.1016/s0004-3702(98)00023-x",
        "https://doi.org/10.1016/S0004-3702(98)00023-X",
        "paper",
        (("https://doi.org/10.1016/S0004-3702(98)00023-X", "parentheses; case kept in the link"),),
    ),
    Item(
        "doi:10.1016/0004-3702(98)",
        "https://doi.org/10.1016/0004-3702(98)",
        "paper",
        (("https://doi.org/10.1016/0004-3702(98)", "a parenthesis that belongs to it"),),
    ),
    Item(
        "doi:10.1002/(sici)1097-0258<1661::aid-sim968>3.0.co;2-2",
        "https://doi.org/10.1002/(SICI)1097-0258%3C1661::AID-SIM968%3E3.0.CO;2-2",
        "paper",
        (
            ("https://doi.org/10.1002/(SICI)1097-0258%3C1661::AID-SIM968%3E3.0.CO;2-2", "encoded"),
            ("https://doi.org/10.1002/(SICI)1097-0258<1661::AID-SIM968>3.0.CO;2-2", "or raw"),
        ),
    ),
    Item(
        "ieee:7780459",
        "https://ieeexplore.ieee.org/document/7780459",
        "paper",
        (
            ("https://ieeexplore.ieee.org/document/7780459", "the page"),
            ("https://ieeexplore.ieee.org/abstract/document/7780459/", "its abstract"),
            ("https://ieeexplore.ieee.org/document/7780459/authors", "a tab of it"),
            ("https://ieeexplore.ieee.org/stamp/stamp.jsp?arnumber=7780459", "its PDF"),
            ("https://ieeexplore.ieee.org/stamp/stamp.jsp?tp=&arnumber=07780459", "with a zero"),
        ),
    ),
    Item(
        "acl:2020.acl-main.447",
        "https://aclanthology.org/2020.acl-main.447/",
        "paper",
        (
            ("https://aclanthology.org/2020.acl-main.447/", "an identifier since 2020"),
            ("https://aclanthology.org/2020.acl-main.447", "without a slash"),
            ("https://aclanthology.org/2020.acl-main.447.pdf", "its PDF"),
            ("https://aclanthology.org/2020.acl-main.447v2.pdf", "its second PDF"),
            ("https://aclanthology.org/2020.acl-main.447.bib", "its citation"),
            ("https://www.aclweb.org/anthology/2020.acl-main.447/", "the old host"),
        ),
    ),
    Item(
        "acl:P18-1001",
        "https://aclanthology.org/P18-1001/",
        "paper",
        (
            ("https://aclanthology.org/P18-1001/", "an identifier until 2019"),
            ("https://www.aclweb.org/anthology/P18-1001", "the old host"),
            ("https://www.aclweb.org/anthology/P18-1001.pdf", "its PDF there"),
            ("http://aclweb.org/anthology/papers/P18-1001/", "a folder of papers"),
            ("http://www.aclweb.org/anthology/P/P18/P18-1001.pdf", "the oldest folders"),
            ("https://www.aclweb.org/anthology/papers/P/P18/P18-1001/", "both"),
            ("https://aclanthology.info/papers/P18-1001/p18-1001", "a host in between"),
        ),
    ),
    Item(
        "pmlr:v9/glorot10a",
        "https://proceedings.mlr.press/v9/glorot10a.html",
        "paper",
        (
            ("https://proceedings.mlr.press/v9/glorot10a.html", "the page"),
            ("http://proceedings.mlr.press/v9/glorot10a/glorot10a.pdf", "its PDF"),
            ("http://proceedings.mlr.press/v9/glorot10a/glorot10a-supp.pdf", "its supplement"),
            ("http://jmlr.org/proceedings/papers/v9/glorot10a/glorot10a.pdf", "a dead link"),
            ("http://www.jmlr.org/proceedings/papers/v9/glorot10a.html", "its page there"),
        ),
    ),
    Item(
        "pmlr:r1/pearl95a",
        "https://proceedings.mlr.press/r1/pearl95a.html",
        "paper",
        (("https://proceedings.mlr.press/r1/pearl95a.html", "a reissue"),),
    ),
    Item(
        "jmlr:3/bengio03a",
        "https://jmlr.org/papers/v3/bengio03a.html",
        "paper",
        (
            ("https://jmlr.org/papers/v3/bengio03a.html", "the page"),
            ("http://www.jmlr.org/papers/volume3/bengio03a/bengio03a.pdf", "its PDF"),
            ("https://jmlr.org/papers/v3/bengio03a/bengio03a.pdf", "its PDF, shorter"),
            ("http://jmlr.csail.mit.edu/papers/v3/bengio03a.html", "a mirror"),
        ),
    ),
    Item(
        "jmlr:21/20-074",
        "https://jmlr.org/papers/v21/20-074.html",
        "paper",
        (
            ("https://jmlr.org/papers/v21/20-074.html", "the numbers of today"),
            ("https://jmlr.org/papers/volume21/20-074/20-074.pdf", "its PDF"),
        ),
    ),
    Item(
        "neurips:2017/3f5ee243547dee91fbd053c1c4a845aa",
        "https://proceedings.neurips.cc/paper_files/paper/2017/hash/"
        "3f5ee243547dee91fbd053c1c4a845aa-Abstract.html",
        "paper",
        tuple(
            (f"https://{host}/{folder}/2017/{file}", "hosts, folders and files are many")
            for host in ("papers.nips.cc", "papers.neurips.cc", "proceedings.neurips.cc")
            for folder in ("paper", "paper_files/paper")
            for file in (
                "hash/3f5ee243547dee91fbd053c1c4a845aa-Abstract.html",
                "file/3f5ee243547dee91fbd053c1c4a845aa-Paper.pdf",
                "file/3f5ee243547dee91fbd053c1c4a845aa-Supplemental.zip",
                "file/3f5ee243547dee91fbd053c1c4a845aa-Reviews.html",
                "file/3f5ee243547dee91fbd053c1c4a845aa-MetaReview.html",
                "file/3f5ee243547dee91fbd053c1c4a845aa-AuthorFeedback.pdf",
                "file/3f5ee243547dee91fbd053c1c4a845aa-Metadata.json",
            )
        ),
    ),
    Item(
        "neurips:2023/a85b405ed65c6477a4fe8302b5e06ce7",
        "https://proceedings.neurips.cc/paper_files/paper/2023/hash/"
        "a85b405ed65c6477a4fe8302b5e06ce7-Abstract-Conference.html",
        "paper",
        (
            (
                "https://papers.nips.cc/paper_files/paper/2023/file/"
                "a85b405ed65c6477a4fe8302b5e06ce7-Paper-Conference.pdf",
                "without its track the page is not found",
            ),
        ),
    ),
    Item(
        "neurips:2023/9d89448b63ce1e2e8dc7af72c984c196",
        "https://proceedings.neurips.cc/paper_files/paper/2023/hash/"
        "9d89448b63ce1e2e8dc7af72c984c196-Abstract-Datasets_and_Benchmarks.html",
        "paper",
        (
            (
                "https://papers.nips.cc/paper_files/paper/2023/file/"
                "9d89448b63ce1e2e8dc7af72c984c196-Supplemental-Datasets_and_Benchmarks.pdf",
                "the track of data sets",
            ),
        ),
    ),
    Item(
        "neurips-old:7181",
        "https://papers.nips.cc/paper/7181-attention-is-all-you-need",
        "paper",
        (
            ("https://papers.nips.cc/paper/7181-attention-is-all-you-need", "a number, once"),
            ("https://papers.nips.cc/paper/7181-attention-is-all-you-need.pdf", "its PDF"),
        ),
    ),
    Item(
        "cvf:He_Deep_Residual_Learning_CVPR_2016",
        "https://openaccess.thecvf.com/content_cvpr_2016/html/"
        "He_Deep_Residual_Learning_CVPR_2016_paper.html",
        "paper",
        (
            (
                "https://openaccess.thecvf.com/content_cvpr_2016/html/"
                "He_Deep_Residual_Learning_CVPR_2016_paper.html",
                "the page",
            ),
            (
                "http://openaccess.thecvf.com/content_cvpr_2016/papers/"
                "He_Deep_Residual_Learning_CVPR_2016_paper.pdf",
                "its PDF",
            ),
            (
                "https://www.cv-foundation.org/openaccess/content_cvpr_2016/papers/"
                "He_Deep_Residual_Learning_CVPR_2016_paper.pdf",
                "the old host",
            ),
        ),
        any_case=False,
    ),
    Item(
        "cvf:Li_Some_Method_CVPRW_2019",
        "https://openaccess.thecvf.com/content_CVPRW_2019/html/w28/"
        "Li_Some_Method_CVPRW_2019_paper.html",
        "paper",
        (
            (
                "https://openaccess.thecvf.com/content_CVPRW_2019/papers/w28/"
                "Li_Some_Method_CVPRW_2019_paper.pdf",
                "a workshop's folder",
            ),
        ),
        any_case=False,
    ),
    Item(
        "cvf:Li_Some_Method_CVPRW_2022",
        "https://openaccess.thecvf.com/content/CVPR2022W/NTIRE/html/"
        "Li_Some_Method_CVPRW_2022_paper.html",
        "paper",
        (
            (
                "https://openaccess.thecvf.com/content/CVPR2022W/NTIRE/papers/"
                "Li_Some_Method_CVPRW_2022_paper.pdf",
                "a workshop's folder since 2021",
            ),
        ),
        any_case=False,
    ),
    Item(
        "distill:2017/momentum",
        "https://distill.pub/2017/momentum/",
        "paper",
        (
            ("https://distill.pub/2017/momentum/", "an article"),
            ("https://distill.pub/2017/momentum", "without a slash"),
            ("http://distill.pub/2017/momentum/index.html", "its file"),
        ),
    ),
    Item(
        "distill:2020/circuits/zoom-in",
        "https://distill.pub/2020/circuits/zoom-in/",
        "paper",
        (("https://distill.pub/2020/circuits/zoom-in/", "part of a thread"),),
    ),
)

PAPERS = (ATTENTION, *PREPRINTS, *PUBLISHED)
