// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.serve.internal.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartFormData;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.thread.Invocable;

/** Bodies of several parts, as forms send them. */
public final class Multipart {
  /** Their type. */
  public static final String TYPE = "multipart/form-data";

  private static final int MAX_PARTS = 16;

  private final Map<String, byte[]> parts = new HashMap<>();

  private Multipart() {}

  /**
   * Reads the body of a request.
   *
   * @throws HttpFailure if it has no parts
   */
  public static Multipart read(Call call) {
    Multipart multipart = new Multipart();
    String type = call.header("Content-Type");
    String boundary = boundary(type);
    if (!call.contentType().equals(TYPE) || boundary == null) {
      throw HttpFailure.badRequest(
          "A body of type " + TYPE + " with its boundary was expected, but another one came.");
    }
    MultiPartFormData.Parser parser = new MultiPartFormData.Parser(boundary);
    parser.setMaxParts(MAX_PARTS);
    // Nothing is written to files.
    parser.setMaxMemoryFileSize(-1);
    parser.setMaxFileSize(-1);
    CompletableFuture<MultiPartFormData.Parts> parsed = new CompletableFuture<>();
    parser.parse(
        Content.Source.from(ByteBuffer.wrap(call.body())),
        Promise.Invocable.from(
            Invocable.InvocationType.NON_BLOCKING,
            parsed::complete,
            parsed::completeExceptionally));
    try (MultiPartFormData.Parts parts = parsed.join()) {
      for (MultiPart.Part part : parts) {
        ByteBuffer bytes = Content.Source.asByteBuffer(part.getContentSource());
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        if (part.getName() != null) {
          multipart.parts.put(part.getName(), copy);
        }
      }
    } catch (IOException | RuntimeException e) {
      throw HttpFailure.badRequest(
          "A body of at most "
              + MAX_PARTS
              + " parts, each between boundaries, was expected, but this one has another form.");
    }
    return multipart;
  }

  private static String boundary(String type) {
    try {
      return type == null ? null : MultiPart.extractBoundary(type);
    } catch (RuntimeException e) {
      return null;
    }
  }

  /** A part, or null. */
  public byte[] part(String name) {
    return parts.get(name);
  }

  /**
   * A part.
   *
   * @throws HttpFailure if there is none of this name
   */
  public byte[] required(String name) {
    byte[] bytes = parts.get(name);
    if (bytes == null) {
      throw HttpFailure.badRequest(
          "A part named '" + name + "' was expected in the body, but there is none.");
    }
    return bytes;
  }

  /** All parts but this one as texts. */
  public Map<String, String> textsBeside(String name) {
    Map<String, String> texts = new HashMap<>();
    parts.forEach(
        (key, bytes) -> {
          if (!key.equals(name)) {
            texts.put(key, new String(bytes, StandardCharsets.UTF_8));
          }
        });
    return texts;
  }
}
