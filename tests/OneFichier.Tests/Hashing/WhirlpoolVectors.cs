using System.Text;

namespace OneFichier.Tests.Hashing;

/// <summary>The test vectors of ISO/IEC 10118-3 and one file whose checksum the service itself published.</summary>
internal static class WhirlpoolVectors
{
    private const string Lower = "abcdefghijklmnopqrstuvwxyz";

    public static IEnumerable<(byte[] Content, WhirlpoolHash Hash)> All() =>
        Texts().Select(vector => (Encoding.ASCII.GetBytes(vector.Text), WhirlpoolHash.Parse(vector.Digits)));

    private static IEnumerable<(string Text, string Digits)> Texts() =>
    [
        ("", "19fa61d75522a4669b44e39c1d2e1726c530232130d407f89afee0964997f7a73e83be698b288febcf88e3e03c4f0757ea8964e59b63d93708b138cc42a66eb3"),
        ("a", "8aca2602792aec6f11a67206531fb7d7f0dff59413145e6973c45001d0087b42d11bc645413aeff63a42391a39145a591a92200d560195e53b478584fdae231a"),
        ("abc", "4e2448a4c6f486bb16b6562c73b4020bf3043e3a731bce721ae1b303d97e6d4c7181eebdb6c57e277d0e34957114cbd6c797fc9d95d8b582d225292076d4eef5"),
        ("message digest", "378c84a4126e2dc6e56dcc7458377aac838d00032230f53ce1f5700c0ffb4d3b8421557659ef55c106b4b52ac5a4aaa692ed920052838f3362e86dbd37a8903e"),
        (Lower, "f1d754662636ffe92c82ebb9212a484a8d38631ead4238f5442ee13b8054e41b08bf2a9251c30b6a0b8aae86177ab4a6f68f673e7207865d5d9819a3dba4eb3b"),
        (Lower.ToUpperInvariant() + Lower + "0123456789", "dc37e008cf9ee69bf11f00ed9aba26901dd7c28cdec066cc6af42e40f82f3a1e08eba26629129d8fb7cb57211b9281a65517cc879d7b962142c65f5a7af01467"),
        (string.Concat(Enumerable.Repeat("1234567890", 8)), "466ef18babb0154d25b9d38a6414f5c08784372bccb204d6549c4afadb6014294d5bd8df2a6c44e538cd047b2681a51a2c60481e88c5a20b2c2a80cf3a9a083b"),
        (new string('a', 1_000_000), "0c99005beb57eff50a7cf005560ddf5d29057fd86b20bfd62deca0f1ccea4af51fc15490eddc47af32bb2b66c34ff9ad8c6008ad677f77126953b226e4ed8b01"),
        ("Hello world\n", "0a894ff039da399d5a72116b3665cd952abc8a9ffe37bfae4eae4d5381c5102b237c27e88b03f71c516e08ffa1cc9de9eac55d7d3abd38ea56220018f006a2c5"),
    ];
}
