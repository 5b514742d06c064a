"""``{% for article, cells in results|of_articles:cl %}``: the rows of the list of articles."""

from django import template

register = template.Library()


@register.filter
def of_articles(results, cl):
    """Return each article of ``cl``, a ChangeList, with the cells that Django made for it but the first, its title.

    The template makes that one: Django heads a row only by a cell that it links itself, wholly.
    """
    return [(article, cells[1:]) for article, cells in zip(cl.result_list, results, strict=True)]
