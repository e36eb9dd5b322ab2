"""Addresses of code, notebooks, models, data sets and competitions; import `WORKS`."""

from tests.bookmarks.identities.items import Item

CODE = (
    Item(
        "github:karpathy/nanogpt",
        "https://github.com/karpathy/nanoGPT",
        "code",
        (
            ("https://github.com/karpathy/nanoGPT", "the repository"),
            ("https://github.com/karpathy/nanoGPT/", "a slash too many"),
            ("https://github.com/karpathy/nanoGPT.git", "as git clones it"),
            ("https://github.com/karpathy/nanoGPT?tab=readme-ov-file#install", "a tab"),
            ("https://github.com/karpathy/nanoGPT/tree/master", "its default branch"),
            ("https://github.com/karpathy/nanoGPT/tree/main/", "by its other name"),
            ("https://github.com/karpathy/nanoGPT/blob/master/README.md", "its README"),
            ("https://github.com/karpathy/nanoGPT/blob/HEAD/readme.md", "in small letters"),
            ("https://m.github.com/karpathy/nanoGPT", "for telephones"),
        ),
    ),
    Item(
        "github:karpathy/nanogpt/blob/master/Train.py",
        "https://github.com/karpathy/nanoGPT/blob/master/Train.py",
        "code",
        (("https://github.com/karpathy/nanoGPT/blob/master/Train.py#L20", "a file stays apart"),),
        any_case=False,
    ),
    Item(
        "github:karpathy/nanogpt/issues/5",
        "https://github.com/karpathy/nanoGPT/issues/5",
        "code",
        (("https://github.com/karpathy/nanoGPT/issues/5#issuecomment-1", "an issue too"),),
        any_case=False,
    ),
    Item(
        "github:ageron/handson-ml3/blob/main/My%20Notebook.ipynb",
        "https://github.com/ageron/handson-ml3/blob/main/My%20Notebook.ipynb",
        "notebook",
        (
            ("https://github.com/ageron/handson-ml3/blob/main/My%20Notebook.ipynb", "the file"),
            (
                "https://colab.research.google.com/github/ageron/handson-ml3/blob/main/"
                "My%20Notebook.ipynb#scrollTo=abc",
                "opened in Colab",
            ),
        ),
        any_case=False,
    ),
    Item(
        "colab:1oaJ7e8CWkqnNyRiIbhhjxQzDR4x7rZEL",
        "https://colab.research.google.com/drive/1oaJ7e8CWkqnNyRiIbhhjxQzDR4x7rZEL",
        "notebook",
        (
            (
                "https://colab.research.google.com/drive/1oaJ7e8CWkqnNyRiIbhhjxQzDR4x7rZEL"
                "?usp=sharing&authuser=1#scrollTo=x",
                "a notebook kept at Google",
            ),
        ),
        any_case=False,
    ),
    Item(
        "gitlab:nvidia/tools/nemo",
        "https://gitlab.com/nvidia/tools/NeMo",
        "code",
        (
            ("https://gitlab.com/nvidia/tools/NeMo", "groups within groups"),
            ("https://gitlab.com/nvidia/tools/NeMo.git", "as git clones it"),
            ("https://gitlab.com/nvidia/tools/NeMo/-/blob/main/x.py", "a file of it"),
            ("https://gitlab.com/nvidia/tools/NeMo/-/issues/5", "an issue of it"),
            ("https://gitlab.com/nvidia/tools/NeMo/blob/master/x.py", "a file, until 2019"),
        ),
    ),
)

HUB = (
    Item(
        "hf-model:meta-llama/llama-2-7b-hf",
        "https://huggingface.co/meta-llama/Llama-2-7b-hf",
        "model",
        (
            ("https://huggingface.co/meta-llama/Llama-2-7b-hf", "a model"),
            ("https://hf.co/meta-llama/Llama-2-7b-hf", "the short host"),
            ("https://huggingface.co/meta-llama/Llama-2-7b-hf/tree/main", "its files"),
            ("https://huggingface.co/meta-llama/Llama-2-7b-hf/blob/main/README.md", "one of them"),
            ("https://huggingface.co/meta-llama/Llama-2-7b-hf/resolve/main/a.bin", "its bytes"),
            ("https://huggingface.co/meta-llama/Llama-2-7b-hf/discussions/3", "a discussion"),
        ),
    ),
    Item(
        "hf-dataset:huggingfacefw/fineweb",
        "https://huggingface.co/datasets/HuggingFaceFW/fineweb",
        "dataset",
        (
            ("https://huggingface.co/datasets/HuggingFaceFW/fineweb", "a data set"),
            ("https://huggingface.co/datasets/HuggingFaceFW/fineweb/viewer/default", "its viewer"),
            ("https://hf.co/datasets/HuggingFaceFW/fineweb", "the short host"),
        ),
    ),
    Item(
        "hf-dataset:squad",
        "https://huggingface.co/datasets/squad",
        "dataset",
        (("https://huggingface.co/datasets/squad", "a data set of before owners"),),
    ),
    Item(
        "hf-space:stabilityai/stable-diffusion",
        "https://huggingface.co/spaces/stabilityai/stable-diffusion",
        "demo",
        (
            ("https://huggingface.co/spaces/stabilityai/stable-diffusion", "a Space"),
            ("https://huggingface.co/spaces/stabilityai/stable-diffusion/tree/main", "its files"),
        ),
    ),
    Item(
        "hf-collection:qwen/qwen25-66e81a666513e518adb90d9e",
        "https://huggingface.co/collections/Qwen/qwen25-66e81a666513e518adb90d9e",
        "list",
        (
            (
                "https://huggingface.co/collections/Qwen/qwen25-66e81a666513e518adb90d9e",
                "a collection",
            ),
        ),
    ),
    Item(
        "https://huggingface.co/blog/rlhf",
        "https://huggingface.co/blog/rlhf",
        "post",
        (("https://huggingface.co/blog/rlhf", "posts have no identifier"),),
        any_case=False,
    ),
    Item(
        "https://huggingface.co/learn/nlp-course/chapter1/1",
        "https://huggingface.co/learn/nlp-course/chapter1/1",
        "course",
        (("https://huggingface.co/learn/nlp-course/chapter1/1?fw=pt", "nor have courses"),),
        any_case=False,
    ),
)

KAGGLE = (
    Item(
        "kaggle:datasets/zalando-research/fashionmnist",
        "https://www.kaggle.com/datasets/zalando-research/fashionmnist",
        "dataset",
        (
            ("https://www.kaggle.com/datasets/zalando-research/fashionmnist", "a data set"),
            ("https://www.kaggle.com/datasets/zalando-research/fashionmnist/data", "a tab"),
            ("https://kaggle.com/datasets/zalando-research/fashionmnist?select=a.csv", "a file"),
        ),
    ),
    Item(
        "kaggle:code/alexisbcook/titanic-tutorial",
        "https://www.kaggle.com/code/alexisbcook/titanic-tutorial",
        "notebook",
        (
            ("https://www.kaggle.com/code/alexisbcook/titanic-tutorial", "a notebook"),
            ("https://www.kaggle.com/code/alexisbcook/titanic-tutorial/notebook", "a tab"),
        ),
    ),
    Item(
        "kaggle:models/google/gemma",
        "https://www.kaggle.com/models/google/gemma",
        "model",
        (
            ("https://www.kaggle.com/models/google/gemma", "a model"),
            ("https://www.kaggle.com/models/google/gemma/transformers/2b", "a variation of it"),
        ),
    ),
    Item(
        "kaggle:competitions/titanic",
        "https://www.kaggle.com/competitions/titanic",
        "competition",
        (
            ("https://www.kaggle.com/competitions/titanic", "a competition"),
            ("https://www.kaggle.com/c/titanic", "as it was"),
            ("https://www.kaggle.com/c/titanic/leaderboard", "a tab"),
            ("https://www.kaggle.com/competitions/titanic/overview", "another"),
        ),
    ),
    Item(
        "kaggle:learn/intro-to-machine-learning",
        "https://www.kaggle.com/learn/intro-to-machine-learning",
        "course",
        (("https://www.kaggle.com/learn/intro-to-machine-learning", "a course"),),
    ),
    Item(
        "kaggle:uciml/iris",
        "https://www.kaggle.com/uciml/iris",
        "",
        (("https://www.kaggle.com/uciml/iris", "data set or notebook: Kaggle alone knows"),),
    ),
)

WORKS = (*CODE, *HUB, *KAGGLE)
