package example.polaris.crossborder;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The cheapest route among those that keep their promise. */
final class RouteFinder {
    private static final double RELIABLE = 0.985;

    Optional<Route> best(List<Route> routes, Wish wish) {
        return routes.stream()
            .filter(route -> route.reaches(wish.country(), wish.currency()))
            .filter(route -> route.onTimeShare() >= RELIABLE)
            .min(Comparator.comparingLong((Route route) -> route.feeFor(wish.minorUnits())).thenComparing(Route::hours));
    }
}
