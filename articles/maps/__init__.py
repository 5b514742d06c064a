"""Maps: where places lie, drawn from the earth that is shipped with the site.

In go ``Mark``s, out come a ``RegionMap`` and a ``Globe``: frozen plain data, paths and places in whole units of an SVG
sheet, which templates only loop over. Pure: no models, no settings, no network. Imports nothing of the site.

    regions.py      the window about some marks, drawn: the way in
    globes.py       the half of the earth that lies around a place
    earth.py        countries and lakes, read once from natural_earth.json
    projecting.py   from the sphere to the plane
    cutting.py      rings cut to a sheet and written as paths
    furniture.py    graticule and scale bar
    lettering.py    where the name of a country has room
    spots.py        marks that lie on each other, as one
    extract_data.py how natural_earth.json was made; the product never runs it

natural_earth.json is made from Natural Earth (https://www.naturalearthdata.com/), which is in the public domain.
Borders are those of its present edition, whatever was in force at the time of a battle and whoever contests them.
"""

from .globes import Globe, globe
from .regions import RegionMap, region_map
from .spots import Mark

__all__ = ["Globe", "Mark", "RegionMap", "globe", "region_map"]
