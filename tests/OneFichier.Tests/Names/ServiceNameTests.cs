using System.Text;
using OneFichier.Names;

namespace OneFichier.Tests.Names;

public sealed class ServiceNameTests
{
    [Theory]
    [InlineData("it's $5", "it＇s ＄5")]
    [InlineData(" ", "␠")]
    [InlineData("  ", "␠␠")]
    [InlineData("   ", "␠ ␠")]
    [InlineData(" a b ", "␠a b␠")]
    [InlineData("＜", "‛＜")]
    [InlineData("␠", "‛␠")]
    [InlineData("␠x", "‛␠x")]
    [InlineData("x␠", "x‛␠")]
    [InlineData("‛", "‛‛")]
    [InlineData("tab\there", "tab␉here")]
    [InlineData("\0\u0001\u001F\u007F", "␀␁␟␡")]
    [InlineData("␀␁␟␡", "‛␀‛␁‛␟‛␡")]
    [InlineData("/\\<>\"'$`", "／＼＜＞＂＇＄｀")]
    [InlineData("／＼＜＞＂＇＄｀", "‛／‛＼‛＜‛＞‛＂‛＇‛＄‛｀")]
    [InlineData(".", "．")]
    [InlineData("..", "．．")]
    [InlineData("．", "‛．")]
    [InlineData("．．", "‛．‛．")]
    [InlineData("‛FE", "‛‛FE")]
    public void Is_stored_as_rclone_stores_it_and_read_back(string name, string stored)
    {
        Assert.Equal(stored, ServiceName.Encode(name));
        Assert.Equal(name, ServiceName.Decode(stored));
        Assert.Equal(stored, ServiceName.Encode(Encoding.UTF8.GetBytes(name)));
        Assert.Equal(Encoding.UTF8.GetBytes(name), ServiceName.DecodeToUtf8(stored));
    }

    [Theory]
    [InlineData(""), InlineData("plain.txt"), InlineData(".hidden"), InlineData("name."), InlineData("..."), InlineData("．．．"), InlineData("a␠b")]
    [InlineData("!#%&()*+,-:;=?@[]^_{|}~"), InlineData("test%46.txt"), InlineData("\uFFFD"), InlineData("née 日本 \U0001F600"), InlineData("\u0080\u00A0\u202F")]
    public void Needing_no_change_is_the_same_instance_without_allocation(string name)
    {
        Assert.Same(name, ServiceName.Encode(name));
        Assert.Same(name, ServiceName.Decode(name));

        var before = GC.GetAllocatedBytesForCurrentThread();
        ServiceName.Encode(name);
        ServiceName.Decode(name);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Theory]
    [InlineData("61C328", "a‛C3(")]
    [InlineData("626164FE", "bad‛FE")]
    [InlineData("FE3431", "‛FE41")]
    [InlineData("E28241", "‛E2‛82A")]
    [InlineData("EDA080", "‛ED‛A0‛80")]
    [InlineData("C0AF", "‛C0‛AF")]
    [InlineData("F4908080", "‛F4‛90‛80‛80")]
    [InlineData("20FF20", "␠‛FF␠")]
    [InlineData("EFBFBD", "\uFFFD")]
    public void Of_bytes_that_are_not_UTF8_keeps_every_byte(string hex, string stored)
    {
        var bytes = Convert.FromHexString(hex);
        Assert.Equal(stored, ServiceName.Encode(bytes));
        Assert.Equal(bytes, ServiceName.DecodeToUtf8(stored));
        Assert.Equal(stored, ServiceName.Encode(ServiceName.Decode(stored)));
    }

    [Fact]
    public void With_a_lone_surrogate_loses_nothing()
    {
        (string Name, string Stored)[] vectors =
        [
            ("a\uDCFEb", "a‛FEb"),
            ("\uDCC3\uDCA9", "‛C3‛A9"),
            ("\uD800", "‛ed‛a0‛80"),
            ("\uDC7F", "‛ed‛b1‛bf"),
            ("\uDFFFx", "‛ed‛bf‛bfx"),
            ("\uDCED\uDCA0\uDC80", "‛ED‛A0‛80"),
        ];
        Assert.All(vectors, vector =>
        {
            Assert.Equal(vector.Stored, ServiceName.Encode(vector.Name));
            Assert.Equal(vector.Name, ServiceName.Decode(vector.Stored));
        });
    }

    [Fact]
    public void With_a_lone_surrogate_reads_as_its_generalized_bytes() =>
        Assert.Equal(Convert.FromHexString("EDA080"), ServiceName.DecodeToUtf8("‛ed‛a0‛80"));

    [Theory]
    [InlineData("‛x"), InlineData("a‛"), InlineData("‛4"), InlineData("‛4é"), InlineData("‛ 4"), InlineData("a‛␠b"), InlineData("a‛．")]
    public void With_a_quote_that_quotes_nothing_is_left_as_it_is(string stored) =>
        Assert.Equal(stored, ServiceName.Decode(stored));

    [Theory]
    [InlineData("‛41", "A")]
    [InlineData("‛4a", "J")]
    [InlineData("‛00", "\0")]
    public void With_a_quoted_byte_no_encoder_wrote_is_read_as_rclone_reads_it(string stored, string name) =>
        Assert.Equal(name, ServiceName.Decode(stored));

    [Theory]
    [InlineData("a‛ ", "a‛‛␠")]
    [InlineData("a‛␠", "a‛‛‛␠")]
    [InlineData("‛ ", "‛‛␠")]
    public void Ending_in_a_quote_and_a_space_comes_back_whole_where_rclone_confuses_the_two(string name, string stored)
    {
        Assert.Equal(stored, ServiceName.Encode(name));
        Assert.Equal(name, ServiceName.Decode(stored));
    }
}
