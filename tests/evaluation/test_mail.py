"""What the mails page claims: good agents take up more than poor ones, by the same list."""

from simulator.evaluation.mail import mail_figures, table


def test_good_agents_take_up_more_than_poor_ones_in_both_languages():
    figures = mail_figures()
    whole = {(f.language, f.agent): f for f in figures if f.data == "corpus"}
    for language in ("de", "en"):
        good, poor = whole[language, "good"], whole[language, "poor"]
        assert good.taken_up > 2 * poor.taken_up
        assert good.missed < poor.missed
        assert good.signed > poor.signed
        assert abs(good.taken_up + good.unsure + good.missed - 1) < 1e-9
    assert whole["de", "gaming"].taken_up < 0.15
    assert len(table(figures)) == len(figures) + 1
