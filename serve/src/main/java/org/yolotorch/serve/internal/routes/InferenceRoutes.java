// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.serve.internal.routes;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.yolotorch.Result;
import org.yolotorch.Speed;
import org.yolotorch.serve.internal.http.Call;
import org.yolotorch.serve.internal.http.Errors;
import org.yolotorch.serve.internal.http.Multipart;
import org.yolotorch.serve.internal.http.Reply;
import org.yolotorch.serve.internal.http.Route;
import org.yolotorch.serve.internal.infer.Infer;
import org.yolotorch.serve.internal.infer.Inference;
import org.yolotorch.serve.internal.infer.Parameters;

/** Predictions by the Open Inference Protocol, and of pictures as they are. */
public final class InferenceRoutes {
  private static final String PICTURE = "image";

  private final Inference inference;
  private final Infer infer;

  public InferenceRoutes(Inference inference) {
    this.inference = inference;
    this.infer = new Infer(inference);
  }

  public List<Route> routes() {
    return List.of(
        new Route("POST", "/v2/models/{model}/infer", Route.Kind.WORK, this::infer, Errors::oip),
        new Route(
            "POST",
            "/v2/models/{model}/versions/{version}/infer",
            Route.Kind.WORK,
            this::infer,
            Errors::oip));
  }

  private Reply infer(Call call) throws IOException {
    boolean binary = call.header("Inference-Header-Content-Length") != null;
    if (!binary && call.contentType().startsWith("image/")) {
      return picture(call, call.body(), call.query());
    }
    if (!binary && call.contentType().equals(Multipart.TYPE)) {
      Multipart parts = Multipart.read(call);
      return picture(call, parts.required(PICTURE), parts.textsBeside(PICTURE));
    }
    return infer.answer(call);
  }

  private Reply picture(Call call, byte[] picture, Map<String, String> options) throws IOException {
    return inference.with(
        call.name("model"),
        call.name("version"),
        call.deadline(),
        use -> {
          Result result = use.encoded(List.of(picture), Parameters.read(options)).get(0);
          return Reply.json(result.toJson(PICTURE))
              .with("Server-Timing", timing(result.speed()))
              .with("Image-Size", result.imageWidth() + "x" + result.imageHeight());
        });
  }

  /** Milliseconds of the parts of a prediction, which browsers show. */
  private static String timing(Speed speed) {
    return String.format(
        Locale.ROOT,
        "preprocess;dur=%.2f, inference;dur=%.2f, postprocess;dur=%.2f",
        speed.preprocess(),
        speed.inference(),
        speed.postprocess());
  }
}
