"""Addresses of videos, courses, posts and books; import `READINGS`."""

from tests.bookmarks.identities.items import Item

VIDEOS = (
    Item(
        "youtube:kCc8FmEb1nY",
        "https://www.youtube.com/watch?v=kCc8FmEb1nY",
        "video",
        (
            ("https://www.youtube.com/watch?v=kCc8FmEb1nY", "a video"),
            ("https://www.youtube.com/watch?v=kCc8FmEb1nY&t=90s&feature=youtu.be", "in the middle"),
            ("https://www.youtube.com/watch?list=PLabcdef&v=kCc8FmEb1nY&index=2", "in a list"),
            ("https://m.youtube.com/watch?v=kCc8FmEb1nY", "for telephones"),
            ("https://music.youtube.com/watch?v=kCc8FmEb1nY", "as music"),
            ("https://youtu.be/kCc8FmEb1nY?si=X8u2", "short"),
            ("https://www.youtube.com/embed/kCc8FmEb1nY", "embedded"),
            ("https://www.youtube-nocookie.com/embed/kCc8FmEb1nY", "without cookies"),
            ("https://www.youtube.com/live/kCc8FmEb1nY?si=X8u2", "live"),
            ("https://www.youtube.com/shorts/kCc8FmEb1nY", "a short"),
            ("https://www.youtube.com/v/kCc8FmEb1nY", "as Flash showed it"),
            (
                "https://consent.youtube.com/m?continue=https%3A%2F%2Fwww.youtube.com%2Fwatch"
                "%3Fv%3DkCc8FmEb1nY&gl=DE",
                "behind the consent page",
            ),
        ),
        any_case=False,
    ),
    Item(
        "youtube-playlist:PLAqhIrjkxbuWI23v9cThsA9GvCAUhRvKZ",
        "https://www.youtube.com/playlist?list=PLAqhIrjkxbuWI23v9cThsA9GvCAUhRvKZ",
        "course",
        (
            (
                "https://www.youtube.com/playlist?list=PLAqhIrjkxbuWI23v9cThsA9GvCAUhRvKZ",
                "a playlist",
            ),
            (
                "https://www.youtube.com/embed/videoseries?list=PLAqhIrjkxbuWI23v9cThsA9GvCAUhRvKZ",
                "one embedded, which is no video",
            ),
        ),
        any_case=False,
    ),
)

COURSES = (
    Item(
        "coursera:learn/machine-learning",
        "https://www.coursera.org/learn/machine-learning",
        "course",
        (
            ("https://www.coursera.org/learn/machine-learning", "a course"),
            ("https://www.coursera.org/learn/machine-learning/home/week/1", "a week of it"),
        ),
    ),
    Item(
        "coursera:specializations/deep-learning",
        "https://www.coursera.org/specializations/deep-learning",
        "course",
        (("https://www.coursera.org/specializations/deep-learning?trk=x", "several courses"),),
    ),
    Item(
        "coursera:professional-certificates/tensorflow-in-practice",
        "https://www.coursera.org/professional-certificates/tensorflow-in-practice",
        "course",
        (
            (
                "https://www.coursera.org/professional-certificates/tensorflow-in-practice",
                "several courses with a certificate",
            ),
        ),
    ),
    Item(
        "coursera:projects/pytorch-basics",
        "https://www.coursera.org/projects/pytorch-basics",
        "course",
        (("https://www.coursera.org/projects/pytorch-basics", "a project"),),
    ),
    Item(
        "edx:course/machine-learning-fundamentals",
        "https://www.edx.org/course/machine-learning-fundamentals",
        "course",
        (("https://www.edx.org/course/machine-learning-fundamentals", "edX, once"),),
    ),
    Item(
        "edx:learn/python/harvard-cs50",
        "https://www.edx.org/learn/python/harvard-cs50",
        "course",
        (("https://www.edx.org/learn/python/harvard-cs50", "edX, now"),),
    ),
    Item(
        "udacity:course/deep-learning-pytorch--ud188",
        "https://www.udacity.com/course/deep-learning-pytorch--ud188",
        "course",
        (("https://www.udacity.com/course/deep-learning-pytorch--ud188", "Udacity"),),
    ),
    Item(
        "mit-ocw:18-06-linear-algebra-spring-2010",
        "https://ocw.mit.edu/courses/18-06-linear-algebra-spring-2010",
        "course",
        (
            ("https://ocw.mit.edu/courses/18-06-linear-algebra-spring-2010/", "a course"),
            (
                "https://ocw.mit.edu/courses/18-06-linear-algebra-spring-2010/pages/syllabus/",
                "a page",
            ),
            (
                "http://ocw.mit.edu/courses/mathematics/18-06-linear-algebra-spring-2010/",
                "until 2021",
            ),
        ),
    ),
    Item(
        "https://course.fast.ai/Lessons/lesson1.html",
        "https://course.fast.ai/Lessons/lesson1.html",
        "course",
        (("http://course.fast.ai/Lessons/lesson1.html", "a lesson has no identifier"),),
        any_case=False,
    ),
)

POSTS = (
    Item(
        "medium:a64152b37c35",
        "https://medium.com/p/a64152b37c35",
        "post",
        (
            ("https://medium.com/@karpathy/software-2-0-a64152b37c35", "under its author"),
            ("https://karpathy.medium.com/software-2-0-a64152b37c35", "under the author's host"),
            ("https://medium.com/some-publication/software-2-0-a64152b37c35", "a publication"),
            ("https://medium.com/p/a64152b37c35", "by the identifier alone"),
            ("https://medium.com/@karpathy/a64152b37c35?source=user&sk=1f", "a friend's link"),
        ),
    ),
    Item(
        "medium:44e9eb85bf21",
        "https://towardsdatascience.com/illustrated-guide-to-lstms-44e9eb85bf21",
        "post",
        (
            (
                "https://towardsdatascience.com/illustrated-guide-to-lstms-44e9eb85bf21?gi=8",
                "a publication that left Medium is read where it is",
            ),
        ),
    ),
    Item(
        "substack:importai/import-ai-400",
        "https://importai.substack.com/p/import-ai-400",
        "post",
        (
            ("https://importai.substack.com/p/import-ai-400?r=1a2b", "a post, referred"),
            ("https://importai.substack.com/p/import-ai-400/comments", "its comments"),
            ("https://open.substack.com/pub/importai/p/import-ai-400?r=1a2b", "from the app"),
        ),
    ),
    Item(
        "https://www.interconnects.ai/p/llama-3",
        "https://www.interconnects.ai/p/llama-3",
        "post",
        (("https://interconnects.ai/p/llama-3?r=1a2b", "Substack on a domain of its own"),),
        any_case=False,
    ),
)

BOOKS = (
    Item(
        "https://d2l.ai/chapter_preliminaries/index.html",
        "https://d2l.ai/chapter_preliminaries/index.html",
        "book",
        (("http://d2l.ai/chapter_preliminaries/index.html#data", "a chapter"),),
        any_case=False,
    ),
    Item(
        "https://www.deeplearningbook.org/",
        "https://www.deeplearningbook.org/",
        "book",
        (("http://deeplearningbook.org", "a whole book"),),
    ),
    Item(
        "https://probml.github.io/pml-book/",
        "https://probml.github.io/pml-book/",
        "book",
        (("https://probml.github.io/pml-book/", "a folder keeps its slash"),),
        any_case=False,
    ),
    Item(
        "https://paperswithcode.com/paper/attention-is-all-you-need",
        "https://paperswithcode.com/paper/attention-is-all-you-need",
        "paper",
        (("https://paperswithcode.com/paper/attention-is-all-you-need", "a closed catalogue"),),
        any_case=False,
    ),
    Item(
        "https://paperswithcode.com/dataset/mnist",
        "https://paperswithcode.com/dataset/mnist",
        "dataset",
        (("https://paperswithcode.com/dataset/mnist", "its data sets"),),
        any_case=False,
    ),
)

READINGS = (*VIDEOS, *COURSES, *POSTS, *BOOKS)
