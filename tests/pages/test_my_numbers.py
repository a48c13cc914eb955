"""The page that finds what makes the reader's own numbers."""

from blame.exercise.links import read_link
from tests.blame.practise.slips.plain import Plain
from tests.pages.app import open_page, pictures, words

XOR = {
    "sizes": "2-2-1", "n_samples": 4, "units": "tanh-sigmoid", "loss": "bce",
    "x": "0,0;0,1;1,0;1,1", "y_true": "0;1;1;0",
    "W1": "0.5,-0.4;0.3,0.8", "b1": "0.1,-0.2", "W2": "0.7;-0.9", "b2": "0.15",
}  # fmt: skip


def entered(app, text):
    app.text_area(key="own").set_value(text).run()
    assert not app.exception, app.exception
    return words(app)


def test_a_wrong_sheet_is_mended_step_by_step():
    app = open_page("my_numbers", b1_1=-0.2)
    assert "what you get if" not in words(app)
    # Without the bias, all else following from it: a1 = [2.1, 0.1], y_pred = 2.1 - 0.15.
    text = entered(app, "z1 = [2.1, 0.1]\na1 = [2.1, 0.1]\ny_pred = 1.95\nloss = 0.9025")
    assert "0 of 6 are right, 3 are right given your earlier numbers, 3 are not." in text
    assert "if the bias is left out of the sums" in text
    assert "z[j] = Σ a[i] × W[i, j] + b[j]" in text
    # x = [1, 2], and W1[:, 0] = [0.5, 0.8].
    assert "1 × 0.5 + 2 × 0.8 = 2.1" in text
    # The picture opens the place where it is made.
    assert pictures(app)[0]["receipt"]["name"] == "z1[0]"
    text = entered(app, "z1 = [2.2, -0.1]\na1 = [2.2, 0]\ny_pred = 2.25\nloss = 1.5625")
    assert "All 6 are right." in text
    assert "what you get if" not in text
    assert pictures(app)[0]["receipt"] is None


def test_fields_show_what_the_text_has_and_mend_it():
    app = open_page("my_numbers", b1_1=-0.2)
    entered(app, "loss = 0.78125\nz1[1] = -0.1")
    assert app.text_input(key="own_loss").value == "0.78125"
    assert app.text_input(key="own_z1").value == "?, -0.1"
    app.text_input(key="own_d_loss_y").set_value("1.25").run()
    assert not app.exception
    text = words(app)
    assert "loss and d_loss_y are what you get if the loss and its slope are taken with one" in text
    assert app.text_area(key="own").value == "z1 = ?, -0.1\nloss = 0.78125\nd_loss_y = 1.25"
    app.text_input(key="own_d_loss_y").set_value("2.5").run()
    app.text_input(key="own_loss").set_value("1.5625").run()
    assert "All 3 are right." in words(app)
    app.button(key="own_clear").click().run()
    assert app.text_area(key="own").value == app.text_input(key="own_loss").value == ""


def test_a_link_brings_the_numbers():
    app = open_page("my_numbers", b1_1=-0.2, own="loss = 0.78125")
    assert "one half" in words(app)
    assert app.text_input(key="own_loss").value == "0.78125"


def test_an_example_has_one_slip_in_it_and_says_which():
    app = open_page("my_numbers", **XOR)
    app.button(key="own_example").click().run()
    assert not app.exception
    assert "the slope of the activation is left out" in words(app)
    app.button(key="own_clear").click().run()
    app.segmented_control(key="own_kind").set_value("My code's gradients").run()
    app.button(key="own_example").click().run()
    assert not app.exception
    assert "the slope of the activation is left out" in words(app)
    assert app.text_area(key="own").value.startswith("W2 = [")


def test_what_code_prints_gets_a_verdict_for_each_array():
    app = open_page("my_numbers", own_kind="My code's gradients", **XOR)
    exercise = read_link({name: [str(value)] for name, value in XOR.items()}).exercise
    right, made = Plain(exercise).names(), Plain(exercise, "input_forgotten").names()
    turned = [[right[f"dW1[{j}, {i}]"] for j in (0, 1)] for i in (0, 1)]
    text = entered(
        app,
        f"fc1.weight.grad = tensor({turned})\nfc1.bias.grad = [{-right['db1[0]']}, "
        f"{-right['db1[1]']}]\nfc2.weight.grad = [[{made['dW2[0, 0]']}], [{made['dW2[1, 0]']}]]",
    )
    assert "dW1 has rows and columns the other way round." in text
    assert "db1 is \N{MINUS SIGN}1 times the true one" in text
    assert "dW2 is what you get if what came through a weight is left out of its gradient" in text


def test_what_cannot_be_read_is_said():
    app = open_page("my_numbers")
    text = entered(app, "qq = 3\nz1 = [1, 2, 3]\nloss = <b>")
    assert "qq is no number of this exercise." in text
    assert "z1 has 2 numbers; the text gives 3." in text
    assert "loss is one number; the text gives none." in text


def test_numbers_that_nothing_makes_are_met_with_an_honest_word():
    app = open_page("my_numbers", b1_1=-0.2)
    text = entered(app, "dW1[0, 0] = 0.731957")
    assert "Nothing I know makes dW1[0, 0]." in text
    assert "what you get if" not in text
    text = entered(app, "dW1[0, 0] = 0.7")
    assert "More digits of dW1[0, 0] would narrow it down." in text


def test_several_samples_and_a_printed_array():
    app = open_page("my_numbers", **XOR)
    assert "0 of 4 are right, 4 are not." in entered(app, "y_pred = [0.1, 0.2, 0.3, 0.4]")
    # As the arrays are printed; the gradients are sums over the samples where they are a mean.

    exercise = read_link({name: [str(value)] for name, value in XOR.items()}).exercise
    made = Plain(exercise, "sum_over_samples").names()
    rows = [[made[f"dW1[{i}, {j}]"] for j in (0, 1)] for i in (0, 1)]
    text = entered(app, f"dW1 = tensor({rows}, grad_fn=<Mean>)\ndb2: {made['db2[0]']}")
    assert "sum over the samples: here the loss is their mean" in text


def test_the_update_is_asked_about_too():
    app = open_page("my_numbers", b1_1=-0.2)
    # b2 goes from 0.05 by the rate 0.1 times 2.5 up instead of down.
    text = entered(app, "new b2[0] = 0.3")
    assert "if the update goes with the blame, by a plus" in text
