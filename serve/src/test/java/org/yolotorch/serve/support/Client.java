// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.serve.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Sends requests to a server. Thread-safe. */
public final class Client {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI server;

  public Client(URI server) {
    this.server = server;
  }

  /** An answer. */
  public record Answer(int status, byte[] body, HttpResponse<byte[]> response) {
    public JsonNode json() throws IOException {
      return JSON.readTree(body);
    }

    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    public String header(String name) {
      return response.headers().firstValue(name).orElse(null);
    }
  }

  public Answer get(String path, String... headers) throws IOException, InterruptedException {
    return send(request(path, headers).GET().build());
  }

  public Answer post(String path, String body, String... headers)
      throws IOException, InterruptedException {
    return post(path, body.getBytes(StandardCharsets.UTF_8), headers);
  }

  public Answer post(String path, byte[] body, String... headers)
      throws IOException, InterruptedException {
    return send(request(path, headers).POST(HttpRequest.BodyPublishers.ofByteArray(body)).build());
  }

  public Answer method(String method, String path) throws IOException, InterruptedException {
    return send(request(path).method(method, HttpRequest.BodyPublishers.noBody()).build());
  }

  /** A picture as it is. */
  public Answer picture(String model, byte[] picture) throws IOException, InterruptedException {
    return post("/v2/models/" + model + "/infer", picture, "Content-Type", "image/jpeg");
  }

  private HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder builder = HttpRequest.newBuilder(server.resolve(path));
    return headers.length == 0 ? builder : builder.headers(headers);
  }

  private Answer send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    return new Answer(response.statusCode(), response.body(), response);
  }

  /** A form of parts with the boundary {@code line}. */
  public static byte[] form(Map<String, byte[]> parts) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Map.Entry<String, byte[]> part : parts.entrySet()) {
      out.write(
          ("--line\r\nContent-Disposition: form-data; name=\""
                  + part.getKey()
                  + "\"; filename=\"x\"\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      out.write(part.getValue());
      out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    out.write("--line--\r\n".getBytes(StandardCharsets.US_ASCII));
    return out.toByteArray();
  }
}
