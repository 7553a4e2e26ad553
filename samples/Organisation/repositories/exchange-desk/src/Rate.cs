namespace Polaris.ExchangeDesk;

/// <summary>An exact rate: how many units of one currency for how many of another.</summary>
public readonly record struct Rate(long Buy, long Sell)
{
    /// <summary>Rounded half to even, as the terms of business say.</summary>
    public long Convert(long minorUnits)
    {
        var product = (Int128)minorUnits * Buy;
        var (quotient, rest) = Int128.DivRem(product, Sell);
        var twice = rest * 2;
        return (long)(twice > Sell || (twice == Sell && Int128.IsOddInteger(quotient)) ? quotient + 1 : quotient);
    }
}
