from nafida.cases.reference import draw_pin, draw_reference, read_reference, show_reference


def test_a_reference_is_read_with_spaces_dashes_and_arabic_digits():
    reference = draw_reference()
    shown = show_reference(reference)
    arabic = shown.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert len(reference) == 9
    assert [read_reference(typed) for typed in (shown, shown.replace(" ", "-"), arabic)] == [reference] * 3


def test_one_wrong_digit_and_two_exchanged_ones_are_noticed():
    reference = draw_reference()
    for place in range(9):
        wrong = reference[:place] + str((int(reference[place]) + 1) % 10) + reference[place + 1 :]
        assert read_reference(wrong) is None
    for place in range(8):
        swapped = reference[:place] + reference[place + 1] + reference[place] + reference[place + 2 :]
        assert swapped == reference or read_reference(swapped) is None


def test_what_is_no_reference_is_none():
    assert [read_reference(text) for text in ("", "abc", "1234", "9" * 5000, "\x00")] == [None] * 5


def test_a_pin_has_four_digits():
    assert all(len(pin) == 4 and pin.isdigit() for pin in (draw_pin() for _ in range(50)))


def test_a_reference_keeps_its_order_in_an_arabic_line():
    reference = draw_reference()
    shown = show_reference(reference)
    assert shown.split("\u00a0") == [reference[:3], reference[3:6], reference[6:]]
    assert read_reference(shown) == reference
