using System.Text;
using OneFichier.Drive.Crypt.Primitives;
using OneFichier.Testing;

namespace OneFichier.Drive.Tests.Crypt;

/// <summary>Against the vectors of the RFCs and of NaCl.</summary>
public sealed class PrimitiveTests
{
    private const string BoxKey = "1b27556473e985d462cd51197a9a46c76009549eac6474f206c4ee0844f68389";
    private const string BoxNonce = "69696ee955b62b73cd62bda875fc73d68219e0036b7a0b37";

    private const string BoxMessage =
        "be075fc53c81f2d5cf141316ebeb0c7b5228c52a4c62cbd44b66849b64244ffce5ecbaaf33bd751a1ac728d45e6c61296cdc3c01233561f41db66cce314adb310e3be8250c46f06dceea3a7fa1348057e2f6556ad6b1318a024a838f21af1fde048977eb48f59ffd4924ca1c60902e52f0a089bc76897040e082f937763848645e0705";

    private const string Box =
        "f3ffc7703f9400e52a7dfb4b3d3305d98e993b9f48681273c29650ba32fc76ce48332ea7164d96a4476fb8c531a1186ac0dfc17c98dce87b4da7f011ec48c97271d2c20f9b928fe2270d6fb863d51738b48eeee314a7cc8ab932164548e526ae90224368517acfeabd6bb3732bc0e9da99832b61ca01b6de56244a9e88d5f9b37973f622a43d14a6599b1f654cb45a74e355a5";

    public static TheoryData<SalsaImplementation> Implementations => [.. Enum.GetValues<SalsaImplementation>()];

    [Theory]
    [MemberData(nameof(Implementations))]
    public void The_box_of_nacls_own_test_is_sealed_and_opened(SalsaImplementation implementation)
    {
        Assert.SkipUnless(implementation.IsSupported(), $"This processor has no {implementation}.");
        var (message, box) = (Convert.FromHexString(BoxMessage), new byte[Box.Length / 2]);
        SecretBox.Seal(Convert.FromHexString(BoxKey), Convert.FromHexString(BoxNonce), message, box, implementation);
        Assert.Equal(Box, Convert.ToHexStringLower(box));
        var opened = new byte[message.Length];
        Assert.True(SecretBox.TryOpen(Convert.FromHexString(BoxKey), Convert.FromHexString(BoxNonce), box, opened, implementation));
        Assert.Equal(message, opened);
    }

    [Theory]
    [MemberData(nameof(Implementations))]
    public void All_implementations_agree_at_every_length(SalsaImplementation implementation)
    {
        Assert.SkipUnless(implementation.IsSupported(), $"This processor has no {implementation}.");
        var (key, nonce, content) = (Pattern.Bytes(32, 1), Pattern.Bytes(24, 2), Pattern.Bytes(70_000, 3));
        foreach (var length in Enumerable.Range(0, 2200).Concat([65_535, 65_536, 65_537, 70_000]))
        {
            var (one, other, opened) = (new byte[length + 16], new byte[length + 16], new byte[length]);
            SecretBox.Seal(key, nonce, content.AsSpan(0, length), one, implementation);
            SecretBox.Seal(key, nonce, content.AsSpan(0, length), other, SalsaImplementation.Portable);
            Assert.True(one.AsSpan().SequenceEqual(other), $"{length} bytes");
            Assert.True(SecretBox.TryOpen(key, nonce, one, opened, implementation));
            Assert.True(opened.AsSpan().SequenceEqual(content.AsSpan(0, length)), $"{length} bytes");
        }
    }

    [Fact]
    public void A_box_with_any_bit_flipped_is_refused_and_gives_nothing()
    {
        var (key, nonce, box, message) = (Convert.FromHexString(BoxKey), Convert.FromHexString(BoxNonce), Convert.FromHexString(Box), new byte[Box.Length / 2 - 16]);
        for (var bit = 0; bit < box.Length * 8; bit++)
        {
            box[bit / 8] ^= (byte)(1 << bit % 8);
            Assert.False(SecretBox.TryOpen(key, nonce, box, message));
            box[bit / 8] ^= (byte)(1 << bit % 8);
        }

        Assert.All(message, b => Assert.Equal(0, b));
    }

    [Theory]
    [InlineData("85d6be7857556d337f4452fe42d506a80103808afb0db2fd4abff6af4149f51b", "43727970746f6772617068696320466f72756d2052657365617263682047726f7570", "a8061dc1305136c6c22b8baf0c0127a9")]
    [InlineData("0200000000000000000000000000000000000000000000000000000000000000", "ffffffffffffffffffffffffffffffff", "03000000000000000000000000000000")]
    [InlineData("02000000000000000000000000000000ffffffffffffffffffffffffffffffff", "02000000000000000000000000000000", "03000000000000000000000000000000")]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000000", "fffffffffffffffffffffffffffffffff0ffffffffffffffffffffffffffffff11000000000000000000000000000000", "05000000000000000000000000000000")]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000000", "fffffffffffffffffffffffffffffffffbfefefefefefefefefefefefefefefe01010101010101010101010101010101", "00000000000000000000000000000000")]
    [InlineData("0200000000000000000000000000000000000000000000000000000000000000", "fdffffffffffffffffffffffffffffff", "faffffffffffffffffffffffffffffff")]
    [InlineData("0100000000000000040000000000000000000000000000000000000000000000", "e33594d7505e43b900000000000000003394d7505e4379cd01000000000000000000000000000000000000000000000001000000000000000000000000000000", "14000000000000005500000000000000")]
    [InlineData("0100000000000000040000000000000000000000000000000000000000000000", "e33594d7505e43b900000000000000003394d7505e4379cd010000000000000000000000000000000000000000000000", "13000000000000000000000000000000")]
    public void Poly1305_gives_the_tags_of_rfc_8439(string key, string message, string tag)
    {
        var found = new byte[16];
        Poly1305.Tag(Convert.FromHexString(key), Convert.FromHexString(message), found);
        Assert.Equal(tag, Convert.ToHexStringLower(found));
    }

    [Theory]
    [InlineData("", "", 16, 1, 1, "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906")]
    [InlineData("password", "NaCl", 1024, 8, 16, "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b3731622eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640")]
    [InlineData("pleaseletmein", "SodiumChloride", 16384, 8, 1, "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887")]
    public void Scrypt_gives_the_keys_of_rfc_7914(string password, string salt, int n, int r, int p, string key)
    {
        var found = new byte[64];
        Scrypt.DeriveKey(Encoding.UTF8.GetBytes(password), Encoding.UTF8.GetBytes(salt), new ScryptCost(n, r, p), found);
        Assert.Equal(key, Convert.ToHexStringLower(found));
    }

    [Fact]
    public void Eme_comes_back_and_every_bit_of_the_message_and_the_tweak_counts_everywhere()
    {
        using var eme = new Eme(Pattern.Bytes(32, 1));
        for (var blocks = 1; blocks <= 128; blocks += blocks < 5 ? 1 : 41)
        {
            var (tweak, message) = (Pattern.Bytes(16, 2), Pattern.Bytes(16 * blocks, 3));
            var encrypted = message.ToArray();
            eme.Encrypt(tweak, encrypted);
            var other = message.ToArray();
            other[^1] ^= 1;
            eme.Encrypt(tweak, other);
            Assert.All(encrypted.Chunk(16).Zip(other.Chunk(16)), pair => Assert.NotEqual(pair.First, pair.Second));
            eme.Decrypt(tweak, encrypted);
            Assert.Equal(message, encrypted);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(129 * 16)]
    public void Eme_takes_whole_blocks_only_and_not_too_many(int length)
    {
        using var eme = new Eme(new byte[32]);
        Assert.Throws<ArgumentException>(() => eme.Encrypt(new byte[16], new byte[length]));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("f", "co")]
    [InlineData("fo", "cpng")]
    [InlineData("foo", "cpnmu")]
    [InlineData("foob", "cpnmuog")]
    [InlineData("fooba", "cpnmuoj1")]
    [InlineData("foobar", "cpnmuoj1e8")]
    public void Base32_is_that_of_rfc_4648_in_lower_case(string text, string written)
    {
        Assert.Equal(written, Base32Hex.Encode(Encoding.UTF8.GetBytes(text)));
        Assert.Equal(Encoding.UTF8.GetBytes(text), Base32Hex.Decode(written));
    }

    [Theory]
    [InlineData("CO")]
    [InlineData("c")]
    [InlineData("cp")]
    [InlineData("co======")]
    [InlineData("cpn")]
    [InlineData("cw")]
    public void Base32_that_nobody_writes_is_not_read(string text) => Assert.Null(Base32Hex.Decode(text));

    [Fact]
    public void Every_byte_string_comes_back_from_every_writing()
    {
        for (var length = 0; length < 100; length++)
        {
            var bytes = Pattern.Bytes(length, length);
            Assert.Equal(bytes, Base32Hex.Decode(Base32Hex.Encode(bytes)));
            Assert.Equal(bytes, Base32768.Decode(Base32768.Encode(bytes)));
            Assert.Equal(length, Pkcs7.UnpaddedLength(Pkcs7.Pad(bytes)));
            Assert.Equal((length * 8 + 14) / 15, Base32768.Encode(bytes).Length);
        }
    }

    [Theory]
    [InlineData("00")]
    [InlineData("0102030405060708090a0b0c0d0e0f00")]
    [InlineData("0102030405060708090a0b0c0d0e0f11")]
    [InlineData("0102030405060708090a0b0c0d030203")]
    [InlineData("")]
    public void Padding_that_is_none_is_refused(string padded) => Assert.Null(Pkcs7.UnpaddedLength(Convert.FromHexString(padded)));

    [Theory]
    [InlineData("YmFkIGJ1dCBzaG9ydA")]
    [InlineData("not/url")]
    [InlineData("")]
    public void What_was_not_obscured_is_not_revealed(string text) => Assert.Null(Obscured.Reveal(text));

    [Fact]
    public void What_is_obscured_is_revealed()
    {
        foreach (var text in new[] { "", "p", "exactly sixteen!", "longer than a block \u00e9 and then some more" })
            Assert.Equal(text, Obscured.Reveal(Obscured.Obscure(text, Pattern.Bytes(16, text.Length))));
    }
}
