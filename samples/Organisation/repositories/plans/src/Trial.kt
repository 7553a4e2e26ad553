package example.polaris.plans

import java.time.LocalDate

/** A month to try a plan. Who does nothing falls back to the free one; nobody is renewed by forgetting. */
data class Trial(val plan: String, val begun: LocalDate) {
    val ends: LocalDate get() = begun.plusMonths(1)

    fun planOn(day: LocalDate, kept: Boolean): String = if (day < ends || kept) plan else "free"
}
