package example.polaris.lending;

import java.util.stream.IntStream;

/** Equal instalments; the last one takes what rounding has left. */
record Schedule(long principal, double monthlyRate, int months) {
    long instalment() {
        return monthlyRate == 0
            ? Math.ceilDiv(principal, months)
            : Math.round(principal * monthlyRate / (1 - Math.pow(1 + monthlyRate, -months)));
    }

    long[] all() {
        long owed = principal;
        var parts = new long[months];
        for (var month : IntStream.range(0, months).toArray()) {
            var interest = Math.round(owed * monthlyRate);
            parts[month] = month == months - 1 ? owed + interest : Math.min(instalment(), owed + interest);
            owed += interest - parts[month];
        }
        return parts;
    }
}
