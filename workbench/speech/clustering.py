"""From voice prints to people: how many voices there are and which print is whose.

Average-link clustering on cosine distance; the number of voices is given (the roster knows it)
or found by silhouette. A bare distance threshold is never used, for it does not carry over from
one recording to the next.
"""

from __future__ import annotations

from itertools import permutations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.intp]

MOST_SPEAKERS = 10
_MOST_PRINTS = 2_500
"""Prints that enter the quadratic part; of more a sample is drawn."""
_SMALLEST_SHARE = 0.02
"""A group with less of the speech than this is taken for an outlier, not for a person."""
_PERSON_SECONDS = 12.0
"""As much speech is a person, however small the share (windows overlap: 3 s are heard 4 times)."""
_EXTRA_CUTS = 24
_ONE_VOICE = 0.8
"""Two mean prints with a higher cosine are one person (in a room: one ≥ 0.84, two ≤ 0.67)."""
_ONE_VOICE_APART = 0.93
"""The same where the segmentation hears both side by side: a telephone makes voices alike."""
_SIDE_BY_SIDE = 1 / 3
"""Share of the windows, at least, in which two people of a conversation are both heard."""
_HEARD_SECONDS = 6.0
"""A number of voices is not found by a voice with less speech (of which 3 s are heard 4 times)."""
_ROUNDS = 3


def find_centroids(
    prints: Floats, weights: Floats, speakers: int | None, windows: Ints | None = None
) -> Floats:
    """Find one mean voice print per person.

    Args:
        prints: [n, d], rows of length 1, in order of time.
        weights: [n], seconds of speech behind each print.
        speakers: number of people, or `None` to find it out.
        windows: [n], in which window each print was heard; tells who is heard side by side.

    Returns:
        Array [k, d] of rows of length 1; k = 0 without prints, at most n.
    """
    if len(prints) > _MOST_PRINTS:
        # Drawn, not every n-th: two people in every window would fall in step with that.
        drawn = np.sort(np.random.default_rng(0).choice(len(prints), _MOST_PRINTS, replace=False))
        prints, weights = prints[drawn], weights[drawn]
        windows = None if windows is None else windows[drawn]
    if len(prints) < 2 or speakers == 1:
        return _means(prints, weights, np.zeros(len(prints), np.intp))
    from scipy.cluster.hierarchy import linkage
    from scipy.spatial.distance import squareform

    distance = np.clip(1.0 - prints @ prints.T, 0.0, 2.0)
    np.fill_diagonal(distance, 0.0)
    condensed = squareform(distance, checks=False)
    tree = linkage(condensed, method="average")
    if speakers is not None:
        return _settle(prints, weights, tree, min(speakers, len(prints)))
    two = _settle(prints, weights, tree, 2)
    if closest(two) > _most_alike(np.argmax(prints @ two.T, axis=1), windows):
        return _settle(prints, weights, tree, 1)
    best, best_score = two, -1.0
    for count in range(2, min(MOST_SPEAKERS, len(prints) - 1) + 1):
        centroids = _settle(prints, weights, tree, count)
        if count > 2 and closest(centroids) > _ONE_VOICE:
            continue
        labels = np.argmax(prints @ centroids.T, axis=1)
        if count > 2 and np.bincount(labels, weights, count).min() < _HEARD_SECONDS:
            continue
        score = silhouette(distance, labels)
        if score > best_score:
            best, best_score = centroids, score
    return best


def _most_alike(labels: Ints, windows: Ints | None) -> float:
    """Return how alike the means of two voices may be; labels are 0 and 1."""
    if windows is None:
        return _ONE_VOICE
    each = [set(windows[labels == voice].tolist()) for voice in (0, 1)]
    share = len(each[0] & each[1]) / len(each[0] | each[1])
    return _ONE_VOICE_APART if share > _SIDE_BY_SIDE else _ONE_VOICE


def closest(centroids: Floats) -> float:
    """Return the cosine of the two mean prints that are most alike; −1 below two."""
    likeness = centroids @ centroids.T
    return float(likeness[np.triu_indices(len(centroids), 1)].max(initial=-1.0))


def silhouette(distance: Floats, labels: Ints) -> float:
    """Say how well groups hang together: the mean silhouette of Rousseeuw (1987), −1 to 1.

    Args:
        distance: [n, n] symmetric distances.
        labels: [n] group of each point.
    """
    groups, index = np.unique(labels, return_inverse=True)
    if len(groups) < 2:
        return -1.0
    member = (index[:, None] == np.arange(len(groups))).astype(np.float32)
    sizes = member.sum(axis=0)
    sums = distance @ member
    rows = np.arange(len(labels))
    own_size = sizes[index]
    inside = sums[rows, index] / np.maximum(own_size - 1, 1)
    others = sums / sizes
    others[rows, index] = np.inf
    outside = others.min(axis=1)
    score = (outside - inside) / np.maximum(np.maximum(inside, outside), 1e-9)
    return float(np.mean(np.where(own_size > 1, score, 0.0)))


def assign_window(prints: Floats, centroids: Floats) -> Ints:
    """Give each local voice of one window its person; two local voices are two people.

    Args:
        prints: [v, d] prints of the voices heard in the window.
        centroids: [k, d].

    Returns:
        [v] indices of centroids, all different as long as v ≤ k.
    """
    likeness = prints @ centroids.T
    labels: Ints = np.argmax(likeness, axis=1)
    if len(set(labels.tolist())) == len(labels) or len(labels) > len(centroids):
        return labels
    # At most three voices: trying all ways is faster than to load what solves it in general.
    voices = np.arange(len(labels))
    ways = permutations(range(len(centroids)), len(labels))
    return np.array(max(ways, key=lambda way: likeness[voices, list(way)].sum()), np.intp)


def _settle(prints: Floats, weights: Floats, tree: npt.NDArray[np.float64], count: int) -> Floats:
    """Cut the tree into `count` groups of people and let the centroids settle."""
    centroids = _means(prints, weights, _cut(weights, tree, count))
    for _ in range(_ROUNDS):
        labels = np.argmax(prints @ centroids.T, axis=1)
        if len(np.unique(labels)) < len(centroids):
            break
        centroids = _means(prints, weights, labels)
    return centroids


def _cut(weights: Floats, tree: npt.NDArray[np.float64], count: int) -> Ints:
    """Cut deep enough that `count` groups are large; smaller groups are labelled −1.

    Average linkage splits off lone outliers before it parts two people, so the plain cut at
    `count` would often name an odd noise a person and melt two people into one.
    """
    from scipy.cluster.hierarchy import fcluster

    smallest = min(_SMALLEST_SHARE * weights.sum(), _PERSON_SECONDS)
    for cut in range(count, min(count + _EXTRA_CUTS, len(weights)) + 1):
        labels = fcluster(tree, cut, criterion="maxclust") - 1
        mass = np.bincount(labels, weights)
        large = np.flatnonzero(mass >= smallest)
        if len(large) >= count:
            kept = large[np.argsort(-mass[large], kind="stable")[:count]]
            renamed = np.full(len(mass), -1, np.intp)
            renamed[kept] = np.arange(count)
            result: Ints = renamed[labels]
            return result
    return np.asarray(fcluster(tree, count, criterion="maxclust") - 1, np.intp)


def _means(prints: Floats, weights: Floats, labels: Ints) -> Floats:
    groups = np.unique(labels[labels >= 0])
    means = (
        np.stack([weights[labels == g] @ prints[labels == g] for g in groups])
        if len(groups)
        else prints[:0]
    )
    return unit_rows(means)


def unit_rows(rows: Floats) -> Floats:
    """Scale rows to length 1."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    scaled: Floats = (rows / np.maximum(lengths, 1e-9)).astype(np.float32)
    return scaled
