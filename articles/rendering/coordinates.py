"""Coordinates in degrees, minutes and seconds, and as decimal numbers for machines."""


def coordinates_html(coordinates):
    """Return the HTML of ``Coordinates``: ``40°06′24″N 46°02′18″E`` and both decimals in a geo microformat."""
    latitude = _sexagesimal(coordinates.latitude, "NS")
    longitude = _sexagesimal(coordinates.longitude, "EW")
    decimals = (
        f'<span class="latitude">{coordinates.latitude:f}</span>, '
        f'<span class="longitude">{coordinates.longitude:f}</span>'
    )
    return f'{latitude} {longitude} <span class="geo">({decimals})</span>'


def _sexagesimal(degrees, directions):
    seconds = round(abs(degrees) * 3600)
    minutes, seconds = divmod(seconds, 60)
    whole, minutes = divmod(minutes, 60)
    return f"{whole}°{minutes:02d}′{seconds:02d}″{directions[degrees < 0]}"
