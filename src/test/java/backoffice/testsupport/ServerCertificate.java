package backoffice.testsupport;

import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.smallrye.certs.CertificateGenerator;
import io.smallrye.certs.CertificateRequest;
import io.smallrye.certs.Format;
import io.smallrye.certs.PemCertificateFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import javax.net.ssl.SSLSocketFactory;

/** A certificate for localhost with which the service has HTTPS. */
public record ServerCertificate(PemCertificateFiles files) {

    /** Creates the files of a certificate in a directory. */
    public static ServerCertificate create(Path directory) throws Exception {
        return new ServerCertificate(files(directory, "service", "localhost"));
    }

    /** Creates the files of a certificate of a host. Their names begin with this name. */
    public static PemCertificateFiles files(Path directory, String name, String host) throws Exception {
        CertificateRequest request = new CertificateRequest()
                .withName(name)
                .withFormat(Format.PEM)
                .withCN(host)
                .withSubjectAlternativeName("DNS:" + host);
        return (PemCertificateFiles)
                new CertificateGenerator(directory, true).generate(request).get(0);
    }

    /** The environment variables with which the service has HTTPS on a port. */
    public Map<String, String> environment(int port) {
        return Map.of(
                "QUARKUS_HTTP_SSL_CERTIFICATE_FILES", files.certFile().toString(),
                "QUARKUS_HTTP_SSL_CERTIFICATE_KEY_FILES", files.keyFile().toString(),
                "QUARKUS_HTTP_SSL_PORT", String.valueOf(port));
    }

    public SSLSocketFactory trustedByClients() throws IOException {
        SslContext client = SslContextBuilder.forClient()
                .sslProvider(SslProvider.JDK)
                .trustManager(files.trustFile().toFile())
                .build();
        return ((JdkSslContext) client).context().getSocketFactory();
    }
}
