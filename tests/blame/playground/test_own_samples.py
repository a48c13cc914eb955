"""A reader's own samples, as hands, spreadsheets and programs write them."""

import re

import pytest

from blame.playground.datasets import MOST_SAMPLES
from blame.playground.own_samples import fitting, read_csv
from blame.playground.recipe import OWN, Recipe, prepare

LONG = '1,"' + "y" * 200_000


def test_csv_keeps_the_good_lines_and_names_the_others():
    found, problems = read_csv(
        "\nx0,x1,y\n1,2,0\n1,x,1\n\n3;4;1\n1,2\n1,2,3,4\nnan,1,2\n1e7,1,1\n5 6 0\n7\t8\t1\n"
    )
    assert found.x.tolist() == [[1, 2], [3, 4], [5, 6], [7, 8]]
    assert found.target[:, 0].tolist() == [0, 1, 0, 1]
    assert problems == [
        "line 4: 'x' is not a number",
        "line 7: has 2 numbers where the first sample has 3",
        "line 8: has 4 numbers where the first sample has 3",
        "line 9: 'nan' is not a number",
        "line 10: numbers must be finite and at most 1,000,000 in size",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "\u22120.5;\u22121;0\n0.25;3;1",
        "-0,5;-1;0\n0,25;3;1",
        "-0,5\t-1\t0\n0,25\t3\t1",
        "-0,5 -1,0 0\n0,25 3 1",
        "\ufeff-0.5,-1,0\n0.25,3,1",
        "-0.5,-1,0,\n0.25,3,1,",
        '\ufeff"-0,5","-1","0"\n"0,25","3","1"',
        "\ufeffx0;x1;y\n-1/2;-1;0;\n1/4;3;1;",
        "-0.5, -1, 0\n0.25, 3, 1",
        "-0,5, -1, 0\n0,25, 3, 1",
        "-0,5, -1,0, 0,0\n0,25, 3, 1",
        "[[-0.5, -1, 0], [0.25, 3, 1]]",
        "[[-0.5, -1, 0],\n [0.25, 3, 1]]",
        "((-0.5, -1), 0)\n((0.25, 3), 1)",
        "| x0 | x1 | y |\n|---:|----|---|\n| -0.5 | -1 | 0 |\n| 0.25 | 3 | 1 |",
        "-0,5|-1|0\r\n0,25|3|1\r\n",
        "\u22120,5;\u22121;0;\r\n0,25;3;1;\r\n",
        "# two samples\n-0.5, -1, 0  # the first\n0.25, 3, 1",
        "np.array([[-0.5, -1, 0], [0.25, 3, 1]])",
        "-0.5, -1 -> 0\n0.25, 3 -> 1",
        "'-0.5', '-1', '0'\n'0.25', '3', '1'",
        "data = torch.tensor([[-0.5, -1, 0],\n [0.25, 3, 1]], dtype=torch.float32)",
    ],
)
def test_csv_is_read_as_hands_and_spreadsheets_write_it(text):
    found, problems = read_csv(text)
    assert problems == []
    assert found.x.tolist() == [[-0.5, -1], [0.25, 3]]
    assert found.target[:, 0].tolist() == [0, 1]
    spelled = re.search("[-\u2212]0,5", text)
    said = f"In line 1 of the text, {spelled[0]} is read as -0.5." if spelled else ""
    assert found.read_as == said


@pytest.mark.parametrize(
    "text",
    [
        "    x0  x1  y\n0 -0.5  -1  0\n1 0.25   3  1",
        ",x0,x1,y\n0,-0.5,-1,0\n1,0.25,3,1\n",
        "index;x0;x1;y\n1;-0.5;-1;0\n2;0.25;3;1",
    ],
)
def test_a_column_that_only_counts_the_rows_is_no_input(text):
    found, problems = read_csv(text)
    assert problems == []
    assert found.x.tolist() == [[-0.5, -1], [0.25, 3]]
    assert found.read_as == "The first column counts the rows and is left out."


@pytest.mark.parametrize(
    "text",
    ["x0,x1,y\n0,-0.5,1\n1,0.25,1", "0,-0.5,1\n1,0.25,1", ",x1,y\n0,-0.5,1\n2,0.25,1"],
)
def test_a_column_with_a_name_or_with_numbers_of_its_own_stays(text):
    found, _ = read_csv(text)
    assert found.x.shape == (2, 2)
    assert found.read_as == ""


def test_csv_refuses_what_could_be_two_things_and_drops_no_line_without_a_word():
    found, problems = read_csv("1'000;2;0\n1.234,5;2;1\n1 2;3;0\n1/0;2;1\n1,2,3\n4,,1\n1,2\n")
    assert found.x.tolist() == [[1, 2]]
    assert problems == [
        'line 1: "1\'000" is not a number',
        "line 2: '1.234,5' has both a comma and a point",
        "line 3: '1 2' is two numbers where one fits",
        "line 4: '1/0' divides by 0",
        "line 6: '' is not a number",
        "line 7: has 2 numbers where the first sample has 3",
    ]
    assert read_csv("1'000;2'000\n1;2")[1] == ['line 1: "1\'000" is not a number']
    assert prepare(Recipe(data=OWN, csv="0,5;1\n2;0")).notes[0].endswith("0,5 is read as 0.5.")


@pytest.mark.parametrize(
    "text",
    ["", "\n \n", "a,b", "hello", "1", '"1,2', "\x00", "1,2,3,4,5,6,7,8,9,10\n" * 3, LONG],
)
def test_csv_without_a_good_line_gives_nothing(text):
    assert read_csv(text)[0] is None


def test_csv_takes_one_input_and_stops_at_the_most():
    found, problems = read_csv("\n".join(f"{k},{k % 2}" for k in range(MOST_SAMPLES + 5)))
    assert found.x.shape == (MOST_SAMPLES, 1)
    assert problems == ["line 201 and what follows: only the first 200 samples are used"]
    long = read_csv("1,2\n" + "y" * 10_000 + ",1")[1][0]
    assert len(long) < 60


def test_a_number_alone_in_parentheses_is_not_guessed_at():
    found, problems = read_csv("(5),1,0\n1,2,0")
    assert found.x.tolist() == [[1, 2]]
    assert problems == ["line 1: '(5)' is not a number"]


@pytest.mark.parametrize("line", ["-" * 50_000 + "x", "(" * 50_000, "1," * 25_000, "[" * 50_000])
def test_no_line_takes_long_to_read(line):
    assert read_csv(line)[0] is None


def test_a_long_text_is_cut_between_lines_and_that_is_said():
    text = "\n".join(f"{k},0.5,1" for k in range(1000))
    kept, said = fitting(text, 6000)
    assert text.startswith(kept + "\n")
    assert 6000 - 12 <= len(kept) <= 6000
    count = len(kept.splitlines())
    assert (
        said == f"A link holds 6,000 characters of data: the first {count} of 1,000 lines are kept."
    )
    assert fitting(text[:6000], 6000) == (text[:6000], "")
    assert fitting("9" * 7000, 6000)[0] == ""
