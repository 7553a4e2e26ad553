package example.polaris.payments

import java.time.LocalTime

/** Hands out the next batch an order can still catch. */
class Batches(private val departures: List<LocalTime> = listOf("06:30", "10:00", "13:00", "15:30", "18:00").map(LocalTime::parse)) {
    fun next(acceptedAt: LocalTime): LocalTime? = departures.firstOrNull { it >= acceptedAt.plusMinutes(CLOSING) }

    private companion object {
        /** Minutes before departure at which a batch is closed. */
        const val CLOSING = 12L
    }
}
